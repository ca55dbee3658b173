//! The parts that every page copydesk writes is made of: a head that lets nothing in, the colours and the type, escaping, and a text
//! with marks in it. A page needs nothing but itself: no network, no script.

mod escape;
mod marks;
#[cfg(test)]
mod tests;

pub use escape::{direction, escape, prose, reading, target};
pub use marks::{Mark, marked};

use std::io::{self, Write};

/// Colours and type of all pages.
const STYLE: &str = include_str!("style.css");

/// How every page begins, by which one is known again: no page of ours is a draft.
pub const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"copydesk\">\n";

/// What browsers may do with a page: show it. Nothing is loaded, run or sent, and no base or form changes where a link leads.
pub const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// Opens a page; `style` is what it adds to [`STYLE`].
pub fn open(title: &str, style: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{HEAD}\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>",
        escape(title)
    )
}

/// Ends a page.
pub fn close(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</body>\n</html>")
}

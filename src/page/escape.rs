//! Text as a page or an XML document may hold it: nothing of a draft is ever markup.

use crate::source::{hidden, picture, visible};

/// A text for an attribute or an element's content: on one line, every character visible, none that XML forbids.
pub fn escape(text: &str) -> String {
    let shown = visible(text);
    let mut escaped = String::with_capacity(shown.len());
    shown.chars().for_each(|c| push(c, &mut escaped));
    escaped
}

/// The words of a draft as the content of an element: what nobody would see is shown small, as its code point.
pub fn prose(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => escaped.push(' '),
            _ if hidden(c) => escaped.push_str(&format!("<span class=\"cp\">{:04X}</span>", c as u32)),
            _ => match picture(c) {
                Some(picture) => escaped.push_str(&picture),
                None => push(c, &mut escaped),
            },
        }
    }
    escaped
}

fn push(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
        _ => out.push(c),
    }
}

/// A link's target, escaped, where a page may lead there: the web and letters. Scripts, data and files are never followed.
pub fn target(text: &str) -> Option<String> {
    let text = text.trim();
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || hidden(c));
    (plain && matches!(scheme.as_str(), "http" | "https" | "mailto")).then(|| escape(text))
}

/// The attributes that say how a text is to be read: its language, where it is known, and its direction.
pub fn reading(tag: Option<&str>, direction: &str) -> String {
    match tag {
        Some(tag) => format!(" lang=\"{}\" dir=\"{direction}\"", escape(tag)),
        None => format!(" lang=\"\" dir=\"{direction}\""),
    }
}

/// The direction in which a text runs: that of most of its letters.
pub fn direction(text: &str) -> &'static str {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(5_000);
    let leftward = letters().filter(|c| is_right_to_left(*c)).count();
    if leftward * 2 > letters().count() { "rtl" } else { "ltr" }
}

/// Blocks whose letters run from right to left, as DerivedBidiClass.txt of the Unicode Character Database gives their default.
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_draft_is_markup() {
        let hostile = "</td><script>alert('1')</script>\" onload=\"x\u{202E}&\n";
        for text in [escape(hostile), prose(hostile)] {
            let left = text.replace("<span class=\"cp\">202E</span>", "");
            assert!(!left.contains(['<', '>', '"', '\'', '\u{202E}', '\n']), "{text}");
        }
        assert_eq!(prose("a\u{200F}b"), "a<span class=\"cp\">200F</span>b");
    }

    #[test]
    fn only_the_web_and_letters_are_links() {
        assert_eq!(
            target("https://a.example/?x=1&y=\"2\"").as_deref(),
            Some("https://a.example/?x=1&amp;y=&quot;2&quot;")
        );
        assert_eq!(target(" mailto:a@example.org ").as_deref(), Some("mailto:a@example.org"));
        for inert in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>1</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "/path",
            "#a",
            "",
            "https:\u{202E}//x",
        ] {
            assert_eq!(target(inert), None, "{inert:?}");
        }
    }

    #[test]
    fn a_text_runs_as_most_of_its_letters_do() {
        assert_eq!(direction("العربية والعبرية (English)"), "rtl");
        assert_eq!(direction("English (العربية)"), "ltr");
        assert_eq!(direction("עברית"), "rtl");
        assert_eq!(direction("2031"), "ltr");
        assert_eq!(reading(Some("ar\""), "rtl"), " lang=\"ar&quot;\" dir=\"rtl\"");
    }
}

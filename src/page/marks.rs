//! A text with marks in it, which may overlap as they like: the elements always nest.

use super::escape::prose;
use std::cmp::Reverse;
use std::ops::Range;

/// A mark in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// Where, in bytes of the text; empty for a place between two characters.
    pub range: Range<usize>,
    /// The element, such as `mark`.
    pub element: &'static str,
    /// Its attributes, escaped, each after a blank; they stand on every piece of a mark that others divide.
    pub attributes: String,
    /// Attributes of its first piece alone, such as an `id`.
    pub first: String,
    /// Markup instead of the text under it.
    pub instead: Option<String>,
    /// Markup after it.
    pub after: String,
}

/// The text escaped, with its marks. Marks that do not lie in the text on character boundaries are left out.
pub fn marked(text: &str, marks: &[Mark]) -> String {
    let mut order: Vec<&Mark> = marks.iter().filter(|mark| text.get(mark.range.clone()).is_some()).collect();
    // The longer of two is around the other.
    order.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
    let mut edges: Vec<usize> = order.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
    edges.extend([0, text.len()]);
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::with_capacity(text.len() * 2);
    let (mut open, mut next): (Vec<&Mark>, usize) = (Vec::new(), 0);
    for (at, &edge) in edges.iter().enumerate() {
        close(&mut open, edge, &mut out);
        while let Some(mark) = order.get(next).filter(|mark| mark.range.start == edge) {
            start(mark, true, &mut out);
            if mark.range.is_empty() {
                end(mark, &mut out);
                out.push_str(&mark.after);
            } else {
                open.push(mark);
            }
            next += 1;
        }
        let Some(&following) = edges.get(at + 1) else { break };
        match open.iter().find_map(|mark| mark.instead.as_ref().map(|instead| (instead, mark.range.start == edge))) {
            Some((instead, true)) => out.push_str(instead),
            Some((_, false)) => {}
            None => out.push_str(&prose(&text[edge..following])),
        }
    }
    out
}

/// Closes the marks that end here. Those opened later that go on are closed before them and opened again.
fn close<'m>(open: &mut Vec<&'m Mark>, edge: usize, out: &mut String) {
    let Some(outermost) = open.iter().position(|mark| mark.range.end == edge) else { return };
    let closed: Vec<&'m Mark> = open.split_off(outermost);
    let mut after = String::new();
    for mark in closed.iter().rev() {
        end(mark, out);
        if mark.range.end == edge {
            after.push_str(&mark.after);
        }
    }
    out.push_str(&after);
    for mark in closed.into_iter().filter(|mark| mark.range.end > edge) {
        start(mark, false, out);
        open.push(mark);
    }
}

fn start(mark: &Mark, first: bool, out: &mut String) {
    let id = if first { mark.first.as_str() } else { "" };
    out.extend(["<", mark.element, &mark.attributes, id, ">"]);
}

fn end(mark: &Mark, out: &mut String) {
    out.extend(["</", mark.element, ">"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(element: &'static str, range: Range<usize>) -> Mark {
        Mark { range, element, ..Mark::default() }
    }

    #[test]
    fn marks_that_overlap_nest() {
        let shown = marked("abcdef", &[mark("i", 1..4), mark("b", 2..6), mark("u", 2..3)]);
        assert_eq!(shown, "a<i>b<b><u>c</u>d</b></i><b>ef</b>");
    }

    #[test]
    fn an_id_stands_once_and_what_follows_a_mark_stands_after_it() {
        let id = Mark { first: " id=\"x\"".into(), after: "<sup>1</sup>".into(), ..mark("b", 1..3) };
        assert_eq!(marked("abcd", &[mark("i", 0..2), id]), "<i>a<b id=\"x\">b</b></i><b>c</b><sup>1</sup>d");
    }

    #[test]
    fn a_place_and_a_replacement() {
        let place = Mark { after: "!".into(), ..mark("b", 2..2) };
        let code = Mark { instead: Some("&lt;".into()), ..mark("code", 0..1) };
        assert_eq!(marked("ab<", &[place, code, mark("i", 0..9)]), "<code>&lt;</code>b<b></b>!&lt;");
    }

    #[test]
    fn nothing_off_a_boundary_is_marked() {
        assert_eq!(marked("é<", &[mark("b", 1..2), mark("b", 0..1)]), "é&lt;");
        assert_eq!(marked("", &[mark("b", 0..0)]), "<b></b>");
    }
}

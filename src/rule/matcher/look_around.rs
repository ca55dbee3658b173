//! What is left of an expression without what it sees around a match. This file is also part of `build.rs`.

/// Stands for what a back reference matches.
pub(super) const ANYTHING: &str = "(?s:.*)";

/// The expression without its look-around groups and back references, which only narrow what it matches.
pub(super) fn without_look_around(source: &str) -> String {
    rewritten(source, false)
}

/// The same, but with what must stand right before all of it or right behind: it matches where a match and those stand.
pub(super) fn with_its_edges(source: &str) -> String {
    rewritten(source, true)
}

fn rewritten(source: &str, edges: bool) -> String {
    let bytes = source.as_bytes();
    let mut kept = String::new();
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let opens = |start: &&&str| bytes[at] == b'(' && source[at..].starts_with(**start);
        if let Some(start) = ["(?=", "(?!", "(?<=", "(?<!"].iter().find(opens) {
            kept.push_str(&source[copied..at]);
            let end = group_end(bytes, at);
            let is_edge = *start == "(?<=" && at == 0 || *start == "(?=" && end == source.len();
            if let Some(inside) = source.get(at + start.len()..end.saturating_sub(1)).filter(|_| edges && is_edge) {
                kept.push_str(&format!("(?:{})", rewritten(inside, true)));
            }
            at = end;
            copied = at;
        } else if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(|b| (b'1'..=b'9').contains(b)) {
            kept.push_str(&source[copied..at]);
            kept.push_str(ANYTHING);
            at += 2;
            copied = at;
        } else {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
            while !source.is_char_boundary(at.min(source.len())) {
                at += 1;
            }
        }
    }
    kept.push_str(source.get(copied..).unwrap_or_default());
    kept
}

/// What stands inside the look-behind groups of an expression.
pub(super) fn look_behinds(source: &str) -> impl Iterator<Item = &str> {
    let opens = ["(?<=", "(?<!"].into_iter().flat_map(|open| source.match_indices(open));
    opens.filter_map(|(at, open)| source.get(at + open.len()..group_end(source.as_bytes(), at).saturating_sub(1)))
}

/// The byte after the group that opens at `at`.
fn group_end(bytes: &[u8], at: usize) -> usize {
    let (mut depth, mut class, mut i) = (0usize, false, at);
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'[' => class = true,
            b']' => class = false,
            b'(' if !class => depth += 1,
            b')' if !class => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
        i += 1;
    }
    bytes.len()
}

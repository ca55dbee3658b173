//! Characters that a terminal obeys and a reader cannot see, made visible. A draft may hold them; no report passes them on raw.

use std::borrow::Cow;

/// What stands for a character that must not be shown as it is; `None` for all others. Tabs and line ends are not shown here.
pub fn picture(c: char) -> Option<String> {
    Some(match c {
        '\t' | '\n' => return None,
        '\u{0}'..='\u{1F}' => char::from_u32(0x2400 + c as u32)?.to_string(),
        '\u{7F}' => '\u{2421}'.to_string(),
        _ if hidden(c) => format!("‹U+{:04X}›", c as u32),
        _ => return None,
    })
}

/// Controls beyond ASCII, and characters without width that change what is seen or how it runs. Joiners are left alone: Persian,
/// Hindi and emoji are written with them.
pub fn hidden(c: char) -> bool {
    matches!(c,
        '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}')
}

/// A text on one line, with every character visible.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match picture(c) {
            Some(picture) => shown.push_str(&picture),
            None if c == '\n' || c == '\t' => shown.push(' '),
            None => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(visible("a\u{1b}[31m\r\nb"), "a␛[31m␍ b");
        assert_eq!(visible("x\u{202E}y\u{9B}z\u{200B}"), "x‹U+202E›y‹U+009B›z‹U+200B›");
        assert_eq!(visible("l’été\u{A0}: نمی\u{200C}خواهم"), "l’été\u{A0}: نمی\u{200C}خواهم");
    }
}

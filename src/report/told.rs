//! A finding in words, for formats that have one field for all there is to say.

use super::Finding;
use crate::source::visible;

/// What is wrong, what makes it so, and what to do; a line each, each safe to show.
pub(super) fn told(finding: &Finding) -> Vec<String> {
    let mut lines = vec![visible(&finding.message).into_owned()];
    for related in &finding.related {
        let place = format!("{}:{}:{}", visible(&related.path), related.start.line, related.start.column);
        lines.push(format!("{}: “{}” ({place})", visible(&related.label), visible(&related.text)));
    }
    lines.extend(finding.help.iter().map(|help| format!("help: {}", visible(help))));
    lines
}

//! Fact sheets as one JSON object.

use super::Sheet;
use std::io::{self, Write};

/// Writes `{"version": 1, "releases": […]}`.
pub fn json(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    crate::report::pretty(&serde_json::json!({ "version": 1, "releases": sheets }), out)
}

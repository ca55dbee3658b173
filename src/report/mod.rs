//! What a run says, and how: a [`Finding`] is a diagnostic that needs no source any more, a [`Summary`] is what was compared, and
//! each output format is one file and one line in a slice. Only `human.rs` knows codespan-reporting; nothing here reads a
//! disk, and a format writes only into the writer it is given.

mod excerpt;
mod finding;
mod summary;

pub use excerpt::Excerpt;
pub use finding::{Correction, Finding, Related, Replacement};
pub use summary::{Counts, Problem, ReleaseSummary, Silenced, Summary};

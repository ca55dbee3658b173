//! Runs rules and names none. A [`Project`] is what the settings say: rules, registers, options. [`Project::check`] takes the
//! drafts of one release, whatever their languages, and gives back what they are found to be and every finding, resolved, so
//! that the sources can be let go. All of it is a pure function of its arguments.

pub mod baseline;
mod examples;
mod facts;
mod learn;
pub mod fix;
mod pairs;
mod project;
mod proof;
mod run;
pub mod stet;
mod values;

pub use examples::Tested;
pub use project::{Part, Project, Selection, Settings, View};
pub use run::{Checked, Draft, Note, Notes, Outcome};

//! The JSON Schema of reports, `schema/report.json`; `copydesk schema report` prints it.

/// The schema of a `json` report; its `$defs/finding` is that of a line of a `jsonl` report.
pub fn schema() -> &'static str {
    include_str!("../../schema/report.json")
}

//! `copydesk check`: findings, in any format, to standard output and to files.

use super::console::Color;
use super::load::Choices;
use super::run::{Filters, Inputs, Overlay, Ran, Request, run as check_all};
use super::watch::watch;
use super::{Console, Status, summary, write};
use crate::config::FailOn;
use crate::report::{self, Format, Report, Style, statistics};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::io;
use std::path::{Path, PathBuf};

/// Report what is wrong in drafts
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    filters: Filters,
    /// How to write the report to standard output
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats(), help_heading = "Output")]
    format: &'static Format,
    /// Also write a report to a file; an older one is replaced, a file that this run reads is not. May be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = report_to, help_heading = "Output")]
    report: Vec<(&'static Format, PathBuf)>,
    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", value_parser = severities(), help_heading = "Output")]
    fail_on: Option<FailOn>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, help_heading = "Output")]
    color: Color,
    /// Say nothing on standard error but problems
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,
    /// Show the chain of reasons under each finding
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Count findings by rule at the end
    #[arg(long, help_heading = "Output")]
    statistics: bool,
    /// Keep nothing of this run for the next one, and take nothing from the last
    #[arg(long, help_heading = "Output")]
    no_cache: bool,
    /// Check again whenever a file changes
    #[arg(long, help_heading = "Output")]
    watch: bool,
}

/// Formats by their names, which help and completions list.
pub(super) fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let names = report::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(names).try_map(|name| format_named(&name))
}

/// A format by its name, with the one that was meant.
fn format_named(name: &str) -> Result<&'static Format, String> {
    report::format(name).ok_or_else(|| {
        let names = || report::FORMATS.iter().map(|format| format.name);
        match crate::settings::suggest(name, names()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => format!("one of: {}", names().collect::<Vec<_>>().join(", ")),
        }
    })
}

fn report_to(value: &str) -> Result<(&'static Format, PathBuf), String> {
    let (format, file) = value.split_once('=').ok_or("FORMAT=FILE is expected")?;
    Ok((format_named(format)?, PathBuf::from(file)))
}

/// Severities that fail a run, by their names.
pub(super) fn severities() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(["error", "warning", "info", "never"])
        .try_map(|name| FailOn::parse(&name).ok_or("no severity has this name"))
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    if arguments.watch {
        let written: Vec<&Path> = arguments.report.iter().map(|(_, path)| path.as_path()).collect();
        watch(&arguments.inputs, &written, console, || Ok(once(arguments, console)?.1.read))?;
    }
    let (status, ran) = once(arguments, console)?;
    // The process ends here and gives all memory back at once; to free it piece by piece is a tenth of a short run.
    std::mem::forget(ran);
    Ok(status)
}

/// What the run came to.
fn once(arguments: &Arguments, console: &Console) -> io::Result<(Status, Ran)> {
    let formats = || std::iter::once(arguments.format).chain(arguments.report.iter().map(|(format, _)| *format));
    let request = Request {
        inputs: &arguments.inputs,
        choices: &arguments.choices,
        filters: &arguments.filters,
        overlay: &Overlay::new(),
        excerpts: formats().any(|format| format.excerpts),
        cache: !arguments.no_cache,
    };
    let mut ran = check_all(request, console)?;
    let style = Style {
        color: console.colors(arguments.color),
        width: console.width,
        explain: arguments.explain,
        fail_on: ran.least(arguments.fail_on),
    };
    for (format, path) in &arguments.report {
        let plain = Style { color: false, width: 100, ..style };
        if let Err(why) = write::put(path, &ran.read, |out| (format.write)(&as_report(&ran), &plain, out)) {
            ran.summary.problems.push(report::Problem::with(super::files::shown(path), format!("the report {why}")));
        }
    }
    console.print(|out| (arguments.format.write)(&as_report(&ran), &style, out))?;
    if arguments.statistics && !ran.findings.is_empty() {
        // Beside a format that programs read, the table must not stand in the way.
        if arguments.format.name == "human" {
            console.print(|out| {
                writeln!(out)?;
                statistics(&ran.findings, out)
            })?;
        } else {
            let mut table = Vec::new();
            statistics(&ran.findings, &mut table)?;
            String::from_utf8_lossy(&table).lines().for_each(|line| console.note(line));
        }
    }
    summary::tell(&ran.summary, &ran.notes, arguments.quiet, console);
    let failed = style.fail_on.is_some_and(|least| ran.summary.counts.at_least(least) > 0);
    let status = match (ran.complete(), failed) {
        (false, _) => Status::Trouble,
        (true, true) => Status::Findings,
        (true, false) => Status::Clean,
    };
    Ok((status, ran))
}

fn as_report(ran: &Ran) -> Report<'_> {
    Report { findings: &ran.findings, summary: &ran.summary, reasons: &ran.reasons }
}

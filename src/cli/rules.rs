//! `copydesk rules`: every rule with its severity, and whether it is in force here.

use super::discover::Homes;
use super::load::{Choices, load};
use super::{Console, Status, summary};
use crate::report::{Summary, visible};
use crate::rule::Rule;
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// List the rules
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    choices: Choices,
    /// Also list rules that are off
    #[arg(long)]
    all: bool,
    /// List the kinds that packs can use instead
    #[arg(long)]
    kinds: bool,
    /// How to write the list
    #[arg(long, value_name = "FORMAT", value_parser = ["human", "json"], default_value = "human")]
    format: String,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let json = arguments.format == "json";
    if arguments.kinds {
        return kinds(json, console);
    }
    let mut homes =
        Homes::new(std::env::current_dir()?, arguments.choices.config.as_deref().map(super::files::absolute));
    let loaded = load(&homes.of(Path::new("."), true), &Choices { pages: true, ..arguments.choices.clone() });
    let view = loaded.project.view("");
    let active: BTreeMap<&str, &str> =
        view.active().map(|(rule, severity)| (rule.id.as_str(), severity.name())).collect();
    let mut rules: Vec<&Rule> = view.rules.rules().iter().map(Arc::as_ref).collect();
    rules.retain(|rule| arguments.all || active.contains_key(rule.id.as_str()));
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    console.print(|out| {
        if json {
            let list: Vec<_> = rules.iter().map(|rule| described(rule, active.get(rule.id.as_str()))).collect();
            return crate::report::pretty(&json!(list), out);
        }
        let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        for rule in &rules {
            let severity = active.get(rule.id.as_str()).copied().unwrap_or("off");
            let message = rule.message.as_deref().or(rule.why.as_deref()).unwrap_or_default();
            writeln!(out, "{severity:8} {:width$}  {}", rule.id, visible(message))?;
        }
        Ok(())
    })?;
    let problems = Summary { problems: loaded.problems, ..Summary::default() };
    summary::tell(&problems, &[], true, console);
    for mistake in &loaded.mistakes {
        let place = format!("{}:{}:{}", mistake.path, mistake.start.line, mistake.start.column);
        console.problem(&format!("{place}: {}", mistake.message));
    }
    let sound = problems.problems.is_empty() && loaded.mistakes.is_empty();
    Ok(if sound { Status::Clean } else { Status::Trouble })
}

fn described(rule: &Rule, severity: Option<&&str>) -> serde_json::Value {
    json!({
        "id": rule.id,
        "kind": rule.kind.name,
        "severity": severity.copied().unwrap_or("off"),
        "confidence": rule.confidence,
        "languages": rule.languages,
        "message": rule.message,
        "help": rule.help,
        "why": rule.why,
        "authority": rule.authority,
        "catalogue": rule.catalogue,
        "enabled": rule.enabled,
    })
}

fn kinds(json: bool, console: &Console) -> io::Result<Status> {
    let kinds = crate::kinds::all();
    console.print(|out| {
        if json {
            let list: Vec<_> = kinds
                .iter()
                .map(|kind| {
                    let keys: Vec<_> = kind.keys.iter().map(|key| key.name).collect();
                    let about = kind.keys.iter().map(|key| (key.name.to_owned(), json!(key.doc)));
                    let about: serde_json::Map<_, _> = about.collect();
                    json!({"name": kind.name, "about": kind.about(), "keys": keys, "about-keys": about})
                })
                .collect();
            return crate::report::pretty(&json!(list), out);
        }
        let width = kinds.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
        for kind in &kinds {
            writeln!(out, "{:width$}  {}", kind.name, kind.about())?;
        }
        Ok(())
    })?;
    Ok(Status::Clean)
}

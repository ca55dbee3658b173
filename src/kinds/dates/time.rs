//! `dates/time`: times of day and their zones.

use super::common::{is_own, is_running, shown};
use crate::diagnostic::Applicability;
use crate::mention::date::{Precision, Time};
use crate::release::date::resolve;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Value as Setting};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::ops::Range;

const FAULTS: &[&str] = &["instants", "daylight-saving", "zone", "minutes", "colon"];

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/time",
    page: include_str!("time.md"),
    keys: &[
        Key::required("fault", Shape::OneOf(FAULTS), "What is reported."),
        Key::new(
            "zones",
            Shape::List(&Shape::List(&Shape::Text)),
            "For `daylight-saving`: the names of standard and of daylight saving time, and a place of the time zone database that keeps them. An \
             empty name is not judged.",
        ),
        Key::new(
            "unless",
            Shape::List(&Shape::List(&Shape::Text)),
            "For `instants` and `daylight-saving`: the letters of a zone, and places where they mean another or hold all year. In a text that names \
             one, these letters are let be.",
        ),
    ],
    build,
};

struct Times {
    fault: &'static str,
    zones: Vec<Names>,
    /// Letters, and the places that have them for another zone.
    unless: Vec<(String, Vec<String>)>,
}

/// What the two times of a zone are called, and its rules.
struct Names {
    standard: String,
    summer: String,
    place: String,
    rules: TimeZone,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let named = setup.table.text("fault").unwrap_or_default();
    let fault = FAULTS.iter().copied().find(|fault| *fault == named).unwrap_or("instants");
    let (mut zones, mut mistakes) = (Vec::new(), Vec::new());
    for item in setup.table.get("zones").into_iter().flat_map(Setting::items) {
        let texts: Vec<&str> = item.texts().map(|(text, _)| text).collect();
        let rules = texts.get(2).and_then(|place| TimeZone::get(place).ok());
        match (texts.as_slice(), rules) {
            ([standard, summer, place], Some(rules)) => zones.push(Names {
                standard: (*standard).to_owned(),
                summer: (*summer).to_owned(),
                place: (*place).to_owned(),
                rules,
            }),
            _ => mistakes
                .push(setup.mistake(item.range.clone(), "two names and a place of the time zone database are wanted")),
        }
    }
    let mut unless = Vec::new();
    for item in setup.table.get("unless").into_iter().flat_map(Setting::items) {
        let mut texts = item.texts().map(|(text, _)| text.to_owned());
        let Some(letters) = texts.next() else { continue };
        unless.push((letters, texts.collect()));
    }
    if mistakes.is_empty() { Ok(Box::new(Times { fault, zones, unless })) } else { Err(mistakes) }
}

impl Check for Times {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let times = reading.times();
        let elsewhere = self.elsewhere(reading);
        let sure = |time: &Time| time.zone.as_ref().is_none_or(|zone| !elsewhere.contains(&zone.name.as_str()));
        for (at, time) in times.iter().enumerate() {
            if !is_own(reading, &time.range) {
                continue;
            }
            match self.fault {
                "instants" => {
                    if let Some(next) = times.get(at + 1).filter(|next| sure(time) && sure(next)) {
                        instants(reading, time, next, out);
                    }
                }
                "daylight-saving" if sure(time) => self.daylight_saving(reading, time, out),
                "daylight-saving" => {}
                "zone" => {
                    // A range names its zone once.
                    let range = time.joint.is_some() && times.get(at + 1).is_some_and(|next| next.zone.is_some());
                    if time.zone.is_none() && !range && is_running(reading, &time.range) {
                        out.push(out.finding(reading.span(time.range.clone()), "a time without its zone"));
                    }
                }
                "minutes" => minutes(reading, time, out),
                _ => {
                    if time.separator == Some(':') && time.half.is_none() && is_running(reading, &time.range) {
                        out.push(out.finding(reading.span(time.range.clone()), "a colon between hours and minutes"));
                    }
                }
            }
        }
    }
}

/// "3 p.m. EST (8 p.m. CET)": two times for one moment that are not.
fn instants(reading: &Reading<'_>, first: &Time, second: &Time, out: &mut Findings<'_>) {
    let (Some(a), Some(b)) = (first.universal(), second.universal()) else { return };
    if second.range.start < first.range.end {
        return;
    }
    let between = reading.slice(first.range.end..second.range.start).trim();
    // Two times of one zone with a comma between them are a list.
    let zone = |time: &Time| time.zone.as_ref().map(|zone| zone.name.clone());
    let paired = match between {
        "(" | "/" | "=" | "|" | "(=" => true,
        "," | ", =" => zone(first) != zone(second),
        _ => false,
    };
    if !paired || (a - b).rem_euclid(24 * 60) == 0 {
        return;
    }
    let finding = out.finding(reading.span(first.range.start..second.range.end), "these two times are not one moment");
    let clock = |minutes: i32| format!("{:02}:{:02}", minutes.rem_euclid(1440) / 60, minutes.rem_euclid(60));
    let finding = finding
        .related(reading.span(first.range.clone()), format!("{} UTC", clock(a)))
        .related(reading.span(second.range.clone()), format!("{} UTC", clock(b)));
    out.push(finding);
}

impl Times {
    /// The letters of zones that mean another zone, or hold all year, in a place that the text names.
    fn elsewhere(&self, reading: &Reading<'_>) -> Vec<&str> {
        let asked = reading.times().iter().any(|time| time.zone.is_some());
        let named = |places: &[String]| places.iter().any(|place| reading.text().contains(place.as_str()));
        let found = self.unless.iter().filter(|(_, places)| asked && named(places));
        found.map(|(letters, _)| letters.as_str()).collect()
    }

    /// "EST" in July.
    fn daylight_saving(&self, reading: &Reading<'_>, time: &Time, out: &mut Findings<'_>) {
        let Some(zone) = &time.zone else { return };
        let named = |names: &&Names| [&names.standard, &names.summer].into_iter().any(|name| *name == zone.name);
        let Some(names) = self.zones.iter().find(named) else { return };
        let Some((date, written)) = date_beside(reading, &time.range) else { return };
        let Ok(noon) = names.rules.to_timestamp(date.at(12, 0, 0, 0)) else { return };
        let saving = names.rules.to_offset_info(noon).dst().is_dst();
        let right = if saving { &names.summer } else { &names.standard };
        if *right == zone.name {
            return;
        }
        let state = if saving { "daylight saving time" } else { "standard time" };
        let finding =
            out.finding(reading.span(zone.range.clone()), format!("“{}” does not hold on {}", zone.name, shown(date)));
        let called = if right.is_empty() { String::new() } else { format!(": {right}") };
        let finding = finding.label(format!("{} keeps {state} then{called}", names.place));
        out.push(finding.related(reading.span(written), "the date"));
    }
}

/// The day of a time: the only one in its sentence.
fn date_beside(reading: &Reading<'_>, time: &Range<usize>) -> Option<(Date, Range<usize>)> {
    let sentences = reading.sentences();
    let at = sentences.partition_point(|sentence| sentence.end <= time.start);
    let sentence = sentences.get(at)?;
    let dates = reading.dates();
    let first = dates.partition_point(|mention| mention.range.start < sentence.start);
    let inside = dates[first..].iter().take_while(|mention| mention.range.start < sentence.end);
    let mut days = inside
        .flat_map(|mention| &mention.points)
        .filter(|point| point.precision() == Precision::Day && point.spans.month.is_some());
    let near = days.next()?;
    if days.next().is_some() {
        return None;
    }
    let date = match near.partial()?.date() {
        Some(date) => date,
        None => resolve(near, reading.release_date()?.date)?.0,
    };
    Some((date, near.range.clone()))
}

/// "7:00 p.m." for "7 p.m.".
fn minutes(reading: &Reading<'_>, time: &Time, out: &mut Findings<'_>) {
    let (Some(half), Some(':'), 0) = (&time.half, time.separator, time.minute) else { return };
    let text = reading.slice(time.range.start..half.start);
    let Some(colon) = text.find(':').filter(|_| is_running(reading, &time.range)) else { return };
    let finding = out.finding(reading.span(time.range.clone()), "“:00” in a time on the hour");
    let place = time.range.start + colon..time.range.start + text.trim_end().len();
    out.push(match reading.edit_span(place) {
        Some(span) => finding.replace("leave the minutes out", Applicability::Safe, span, ""),
        None => finding,
    });
}

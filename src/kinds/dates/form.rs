//! `dates/form`: forms of dates that a house does not use.

use super::common::{is_own, is_running, points};
use crate::diagnostic::Applicability;
use crate::language::Order;
use crate::mention::date::{Mention, Point, Precision, Value, Written};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// A form and what is said of it.
const FORMS: &[(&str, &str)] = &[
    ("ordinal", "an ordinal ending on the day of a date"),
    ("wrong-ordinal", "an ordinal ending that the number does not take"),
    ("ambiguous", "day and month may be meant either way round"),
    ("figures", "a date in figures in running text"),
    ("stroke", "strokes in a date in figures"),
    ("short-month", "the month of a date cut short"),
    ("long-month", "the month of a full date written out"),
    ("short-month-alone", "a month cut short without a day"),
    ("quarter", "a quarter for a date"),
    ("season", "a season for a date"),
    ("decade-apostrophe", "an apostrophe in a decade"),
    ("first", "the first day of the month without its ending"),
    ("breaking-space", "a blank inside a date at which a line may end"),
    ("missing-comma", "no comma after the year of a date"),
    ("comma", "a comma inside a date"),
];

const NAMES: &[&str] = &{
    let mut names = [""; FORMS.len()];
    let mut i = 0;
    while i < FORMS.len() {
        names[i] = FORMS[i].0;
        i += 1;
    }
    names
};

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/form",
    page: include_str!("form.md"),
    keys: &[Key::required("avoid", Shape::List(&Shape::OneOf(NAMES)), "The forms that are reported.")],
    build,
};

struct Forms {
    avoid: Vec<&'static (&'static str, &'static str)>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let named = setup.table.texts("avoid");
    Ok(Box::new(Forms { avoid: FORMS.iter().filter(|(name, _)| named.contains(name)).collect() }))
}

impl Check for Forms {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for (mention, point) in points(reading) {
            if !is_own(reading, &point.range) || !is_running(reading, &point.range) {
                continue;
            }
            for (name, message) in &self.avoid {
                let Some((range, replacement)) = fault(name, reading, mention, point) else { continue };
                let finding = out.finding(reading.span(point.range.clone()), *message);
                out.push(match (replacement, reading.edit_span(range)) {
                    (Some((title, text)), Some(span)) => finding.replace(title, Applicability::Safe, span, text),
                    _ => finding,
                });
            }
        }
    }
}

/// Where a date has a form, and what could stand there: the title of the correction and its text.
type Fault = (std::ops::Range<usize>, Option<(&'static str, String)>);

fn fault(name: &str, reading: &Reading<'_>, mention: &Mention, point: &Point) -> Option<Fault> {
    let whole = || Some((point.range.clone(), None));
    let day = point.spans.day.clone();
    let month = point.spans.month.clone();
    let words = matches!(point.written, Written::Words(_) | Written::Short(_));
    let text = reading.slice(point.range.clone());
    match name {
        "ordinal" => {
            let day = day.filter(|_| words && month.is_some())?;
            let written = reading.slice(day.clone());
            let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            // "4th of July" is the holiday's name.
            let holiday = point.partial().is_some_and(|p| (p.day, p.month, p.year) == (Some(4), Some(7), None));
            let of = reading.slice(day.end..point.range.end).trim_start().starts_with("of ");
            let fix = (!of).then(|| ("leave the ending out", String::new()));
            (digits < written.len() && !holiday).then(|| (day.start + digits..day.end, fix))
        }
        "wrong-ordinal" => {
            let day = day.filter(|_| words)?;
            let written = reading.slice(day.clone());
            let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let (number, ending) = (written[..digits].parse::<u8>().ok()?, written[digits..].to_lowercase());
            let endings = &reading.language().numbers.ordinal_ending;
            let right = endings.iter().find(|(_, numbers)| numbers.contains(&number)).map(|(right, _)| right)?;
            let wrong = endings.contains_key(&ending) && *right != ending;
            wrong.then(|| (day.start + digits..day.end, Some(("write the ending of the number", right.clone()))))
        }
        "ambiguous" => match point.written {
            Written::Figures { ambiguous: true, .. } => whole(),
            _ => None,
        },
        "figures" => match point.written {
            Written::Figures { .. } | Written::Iso => whole(),
            _ => None,
        },
        "stroke" => (matches!(point.written, Written::Figures { .. }) && text.contains('/')).then(whole)?,
        "short-month" => matches!(point.written, Written::Short(_)).then(whole)?,
        "long-month" => {
            let full = matches!(point.written, Written::Words(_)) && day.is_some() && month.is_some();
            let long = point.partial().and_then(|p| p.month).is_some_and(|month| !(3..=7).contains(&month));
            (full && long).then(whole)?
        }
        "short-month-alone" => {
            (matches!(point.written, Written::Short(_)) && point.precision() == Precision::Month).then(whole)?
        }
        "quarter" => matches!(point.value, Value::Quarter { .. }).then(whole)?,
        "season" => matches!(point.value, Value::Season { .. }).then(whole)?,
        "decade-apostrophe" => {
            let at = text.find(['\'', '’']).filter(|_| matches!(point.value, Value::Decade(_)))?;
            let mark = text[at..].chars().next()?.len_utf8();
            let start = point.range.start + at;
            Some((start..start + mark, Some(("leave the apostrophe out", String::new()))))
        }
        "first" => {
            let day = day.filter(|_| words && month.is_some() && point.partial().and_then(|p| p.day) == Some(1))?;
            let lone =
                mention.points.len() == 1 || mention.points.first().is_some_and(|first| first.range == point.range);
            (reading.slice(day.clone()) == "1" && lone).then(|| (day, Some(("write “1er”", "1er".to_owned()))))
        }
        "breaking-space" => {
            let (day, month) = (day?, month?);
            let (start, end) = (day.end.min(month.end), day.start.max(month.start));
            let gap = reading.slice(start..end);
            (words && gap == " ").then(|| (start..end, Some(("write a no-break space", "\u{A0}".to_owned()))))
        }
        "missing-comma" => {
            let mdy = matches!(point.written, Written::Words(Order::Mdy) | Written::Short(Order::Mdy));
            let year = point.spans.year.clone().filter(|year| mdy && day.is_some() && year.end == point.range.end)?;
            let rest = &reading.text()[year.end..];
            let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
            goes_on.then(|| (year.end..year.end, Some(("write a comma", ",".to_owned()))))
        }
        "comma" => {
            let dmy = matches!(point.written, Written::Words(Order::Dmy) | Written::Short(Order::Dmy));
            let at = text.find(',').filter(|_| dmy && day.is_some())?;
            let start = point.range.start + at;
            Some((start..start + 1, Some(("leave the comma out", String::new()))))
        }
        _ => None,
    }
}

//! `dates/order`: dates written in two ways in one document, or in another order than the house's.

use super::common::{is_own, is_running, points};
use crate::language::Order;
use crate::mention::date::{Point, Written};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

const ORDERS: &[&str] = &["day-month-year", "month-day-year", "year-month-day"];

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/order",
    page: include_str!("order.md"),
    keys: &[
        Key::new("order", Shape::ByLanguage(&Shape::OneOf(ORDERS)), "The house's order; one order a text by default."),
        Key::new(
            "forms",
            Shape::Bool,
            "Whether dates in figures among dates in words are reported, and months cut short among months in full, and nothing else.",
        ),
    ],
    build,
};

struct OneForm {
    /// Language tag and order.
    house: Vec<(Option<String>, Order)>,
    /// Only whether words and figures, or months in full and cut short, are mixed.
    forms: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let house = setup.table.get("order").map(|value| {
        let named = value.by_language().into_iter();
        named.filter_map(|(tag, value)| Some((tag.map(str::to_owned), order(value.text()?)?))).collect()
    });
    let forms = setup.table.bool("forms").unwrap_or(false);
    Ok(Box::new(OneForm { house: house.unwrap_or_default(), forms }))
}

fn order(name: &str) -> Option<Order> {
    match name {
        "day-month-year" => Some(Order::Dmy),
        "month-day-year" => Some(Order::Mdy),
        "year-month-day" => Some(Order::Ymd),
        _ => None,
    }
}

/// What is compared of a date in words.
fn form(reading: &Reading<'_>, point: &Point) -> Option<(Order, bool)> {
    let (Written::Words(order) | Written::Short(order)) = point.written else { return None };
    let day = point.spans.day.clone()?;
    // A day without its month beside it has no order of its own.
    let month = point.spans.month.clone()?;
    let gap = reading.slice(day.end.min(month.end)..month.start.max(day.start));
    let stamp = gap == "-" || reading.text()[point.range.end..].trim_start_matches([' ', ',']).get(2..3) == Some(":");
    let zero = reading.slice(day.clone()).starts_with('0');
    // "the 19th of August" is how a date is told, not an order.
    if gap.contains(" of") {
        return None;
    }
    // "4th of July" and "July 4" are a holiday's names too, but a year makes them dates.
    let sure =
        point.spans.year.is_some() || !matches!(point.partial().map(|p| (p.month, p.day)), Some((Some(7), Some(4))));
    (!stamp && sure && is_own(reading, &point.range) && is_running(reading, &point.range)).then_some((order, zero))
}

impl Check for OneForm {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        if self.forms {
            mixed(reading, out);
            return;
        }
        let dates: Vec<(&Point, (Order, bool))> =
            points(reading).filter_map(|(_, point)| Some((point, form(reading, point)?))).collect();
        let tag = reading.language().tag;
        let house = self.house.iter().find(|(named, _)| named.as_deref().is_none_or(|named| named == tag));
        if let Some((_, house)) = house {
            for (point, (order, _)) in &dates {
                if order != house {
                    let finding = out.finding(reading.span(point.range.clone()), "not the order of the house");
                    out.push(finding.label(format!("{}, where the house writes {}", name(*order), name(*house))));
                }
            }
            return;
        }
        // One order a text: the minority is reported, of equals the later one.
        self::minority(
            &dates,
            |(order, _)| *order,
            |point, first, order, other| {
                let finding = out.finding(reading.span(point.range.clone()), "dates in two orders in one text");
                let finding = finding
                    .label(name(order))
                    .related(reading.span(first.range.clone()), format!("{} here", name(other)));
                out.push(finding);
            },
        );
        // The same for the zero before the day, among days that could have one.
        let small: Vec<(&Point, (Order, bool))> = dates
            .iter()
            .filter(|(point, _)| point.partial().and_then(|partial| partial.day).is_some_and(|day| day < 10))
            .copied()
            .collect();
        self::minority(
            &small,
            |(_, zero)| *zero,
            |point, first, zero, _| {
                // A zero among days without one is what `dates/zero` reports; here it counts where one date is written in
                // both ways.
                if zero {
                    let twin = small.iter().find(|(other, (_, zero))| !zero && other.partial() == point.partial());
                    if let Some((twin, _)) = twin {
                        let finding = out.finding(reading.span(point.range.clone()), "one date is written in two ways");
                        let finding = finding.label("with a zero");
                        out.push(finding.related(reading.span(twin.range.clone()), "the same date without one"));
                    }
                    return;
                }
                let finding =
                    out.finding(reading.span(point.range.clone()), "the day is written in two ways in one text");
                out.push(finding.label("without a zero").related(reading.span(first.range.clone()), "with one here"));
            },
        );
    }
}

/// How a full date is written, in figures, in words or cut short, where a text could write it in another way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Words,
    Short,
    Figures,
}

/// Dates in figures among dates in words, and months cut short among months in full: the clearly smaller part is reported.
fn mixed(reading: &Reading<'_>, out: &mut Findings<'_>) {
    let dates = &reading.language().dates;
    // "May" is its own short form.
    let has_short = |point: &Point| {
        let month = point.partial().and_then(|partial| usize::from(partial.month?).checked_sub(1));
        month.and_then(|month| dates.months_short.get(month)).is_some_and(|short| !short.is_empty())
    };
    let manner = |point: &Point| {
        let manner = match point.written {
            Written::Words(_) if has_short(point) => Manner::Words,
            Written::Short(_) => Manner::Short,
            Written::Figures { .. } => Manner::Figures,
            _ => return None,
        };
        let whole = point.spans.day.is_some() && point.spans.month.is_some() && point.spans.year.is_some();
        // A stamp has an hour after it.
        let stamp = reading.text()[point.range.end..].trim_start_matches([' ', ',']).get(2..3) == Some(":");
        (whole && !stamp && is_own(reading, &point.range) && is_running(reading, &point.range)).then_some(manner)
    };
    let all: Vec<(&Point, Manner)> = points(reading).filter_map(|(_, point)| Some((point, manner(point)?))).collect();
    let count = |which: Manner| all.iter().filter(|(_, manner)| *manner == which).count();
    let [words, short, figures] = [Manner::Words, Manner::Short, Manner::Figures].map(count);
    let Some((model, _)) = all.iter().find(|(_, manner)| *manner == Manner::Words) else { return };
    for (point, manner) in &all {
        let message = match manner {
            Manner::Figures if figures * 2 <= words => "a date in figures, where the text else writes words",
            Manner::Short if short * 2 <= words => "a month cut short, where the text else writes it in full",
            _ => continue,
        };
        let finding = out.finding(reading.span(point.range.clone()), message);
        out.push(finding.related(reading.span(model.range.clone()), "in words and in full here"));
    }
}

/// Reports the dates whose trait the smaller part shares, each with the first date of the larger part.
fn minority<T: PartialEq + Copy>(
    dates: &[(&Point, (Order, bool))],
    of: impl Fn(&(Order, bool)) -> T,
    mut report: impl FnMut(&Point, &Point, T, T),
) {
    let Some((_, form)) = dates.first() else { return };
    let first = of(form);
    let Some((_, other)) = dates.iter().find(|(_, form)| of(form) != first) else { return };
    let other = of(other);
    let count = |which: T| dates.iter().filter(|(_, form)| of(form) == which).count();
    let (less, more) = if count(other) > count(first) { (first, other) } else { (other, first) };
    let Some((model, _)) = dates.iter().find(|(_, form)| of(form) == more) else { return };
    for (point, _) in dates.iter().filter(|(_, form)| of(form) == less) {
        report(point, model, less, more);
    }
}

fn name(order: Order) -> &'static str {
    match order {
        Order::Dmy => "day before month",
        Order::Mdy => "month before day",
        Order::Ymd | Order::Ydm => "year first",
    }
}

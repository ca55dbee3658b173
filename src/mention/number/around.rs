//! What stands around a number and belongs to it: the currency before, the scale word, the unit or the currency after, and the other end
//! of a range.

use super::figures::is_space;
use super::scan::{Scanner, is_letter};
use super::{Form, Kind, Number, Unit, Value};
use crate::language::{After, Follower, spellout};
use std::ops::Range;
use std::sync::LazyLock;

impl Scanner<'_> {
    /// Whether a word before figures is a currency: "CHF5", "EUR10".
    pub(super) fn is_currency_code(&self, range: Range<usize>) -> bool {
        let word = &self.text[range];
        let known = |follower: &Follower| matches!(follower, Follower::Currency(..));
        word.len() <= 4 && (self.code(word).is_some() || self.language.numbers.after().by_sign(word).iter().any(known))
    }

    /// The currency of a code that the language's table names.
    pub(super) fn code(&self, word: &str) -> Option<&'static str> {
        if word.len() != 3 || !word.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        self.language.numbers.currency_name.get_key_value(word).map(|(code, _)| code.as_str())
    }

    /// Whether the letters that follow figures without a space are the sign of a scale, a unit or a currency.
    pub(super) fn has_sign(&self, at: usize) -> bool {
        let end = self.sign_end(at);
        // "0B1" is a code, "500m2" an area.
        if self.is_digit_at(end)
            && (!self.text[end..].starts_with(['2', '3']) || self.char_at(end + 1).is_some_and(char::is_alphanumeric))
        {
            return false;
        }
        let after = self.language.numbers.after();
        let sign = &self.text[at..end];
        let letters = &sign[..sign.find(is_currency_sign).unwrap_or(sign.len())];
        !after.by_sign(sign).is_empty()
            || !letters.is_empty() && !after.by_sign(letters).is_empty()
            || !after.by_name(&sign.to_lowercase()).is_empty()
            || sign == "x"
    }

    /// Where a sign ends: letters with the marks that signs have.
    pub(super) fn sign_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let inner = |c: char| is_letter(c) || matches!(c, '²' | '³' | '°' | 'µ') || is_currency_sign(c);
        let mut end = at;
        let mut characters = rest.chars().peekable();
        while let Some(c) = characters.next().filter(|_| end - at < 16) {
            let slash = c == '/' && characters.peek().is_some_and(|c| c.is_alphabetic());
            if !inner(c) && !slash {
                break;
            }
            end += c.len_utf8();
        }
        end
    }

    /// Adds what stands around a number: currency, scale, unit; puts it in the list, and says where reading goes on.
    pub(super) fn finish(&mut self, mut number: Number) -> usize {
        self.currency_before(&mut number);
        if let Some((value, end)) = self.parts_of(&number) {
            number.values = vec![value];
            (number.kind, number.figure.end, number.range.end) = (Kind::Fraction, end, end);
        }
        let mut scaled = false;
        // A scale, then a unit: "4.5 million dollars".
        for _ in 0..2 {
            let Some((followers, range)) = self.follower(&number, scaled) else { break };
            if number.unit.is_some() && !followers.iter().any(|follower| matches!(follower, Follower::Scale(_))) {
                break;
            }
            let scale = followers.iter().find_map(|follower| match follower {
                Follower::Scale(power) => Some(*power),
                _ => None,
            });
            let unit = followers.iter().find_map(unit);
            match (scale.filter(|_| !scaled && number.kind != Kind::Ordinal), unit) {
                (Some(power), other) => {
                    let values = number.values.iter().filter_map(|value| value.scaled(i32::from(power)));
                    let mut values: Vec<Value> = values.collect();
                    if values.is_empty() {
                        break;
                    }
                    // "m" is a metre too.
                    if other.is_some() && number.unit.is_none() {
                        values.extend(number.values.iter().copied());
                    }
                    number.values = values;
                    if number.value().as_whole().is_some() {
                        number.kind = Kind::Cardinal;
                    }
                    number.foreign = number.foreign.and_then(|value| value.scaled(i32::from(power)));
                    number.apart.clear();
                    number.precision = number.precision.saturating_add(i8::try_from(power).unwrap_or(i8::MAX));
                    number.form = if number.form == Form::Words { Form::Words } else { Form::Mixed };
                    number.figure.end = range.end;
                    scaled = true;
                    if self.char_at(range.start).is_some_and(spellout::is_unspaced) {
                        number.range.end = range.end;
                        self.compound(&mut number, power);
                        continue;
                    }
                }
                (None, _) if fraction(&number, &followers).is_some() => {
                    let Some(parts) = fraction(&number, &followers) else { break };
                    // "three quarters" may be nine months.
                    let whole = unit.is_some().then(|| number.value());
                    number.values = parts.into_iter().chain(whole).collect();
                    number.kind = Kind::Fraction;
                    number.figure.end = range.end;
                }
                (None, Some(unit)) if number.unit.is_none() => {
                    number.unit = Some((unit, range.clone()));
                    number.label = false;
                }
                _ => break,
            }
            number.range.end = range.end.max(number.range.end);
            if number.unit.is_some() && scaled {
                break;
            }
        }
        self.minus(&mut number);
        self.pair_up(&mut number);
        let end = number.range.end;
        self.found.numbers.push(number);
        end
    }

    /// Where a sign between the number of parts and how many there are ends that begins here.
    pub(super) fn parts_sign(&self, at: usize) -> Option<usize> {
        let sign = &self.language.numbers.fraction_sign;
        (!sign.is_empty() && self.text[at..].starts_with(sign.as_str())).then_some(at + sign.len())
    }

    /// "三分之二", "3분의 1": the value of the parts, and where they end.
    fn parts_of(&self, number: &Number) -> Option<(Value, usize)> {
        let mut at = self.parts_sign(number.figure.end)?;
        at += usize::from(self.text[at..].starts_with(' '));
        let (count, end) = if self.is_digit_at(at) {
            let figures = super::figures::Figures::read(self.text, at);
            (figures.whole()?, figures.range.end)
        } else {
            let words = self.language.numbers.words().read(self.text, at)?;
            (i128::from(words.value), words.end)
        };
        let parts = number.value().as_whole().filter(|parts| *parts > 1)?;
        Some((Value::fraction(count, parts)?, end))
    }

    /// "1億2000万", "1억 2000만": what smaller scales add, in scripts that write them one after the other.
    fn compound(&self, number: &mut Number, power: u8) {
        let (mut power, mut at) = (power, number.figure.end);
        let values = number.values.len();
        loop {
            let spaced = usize::from(self.text[at..].starts_with(' '));
            if values != 1 || !self.is_digit_at(at + spaced) {
                return;
            }
            let figures = super::figures::Figures::read(self.text, at + spaced);
            let Some(whole) = figures.whole() else { return };
            let next = super::scan::plain(figures.range.clone(), Value::whole(whole), Form::Digits, Kind::Cardinal);
            let scale = self.follower(&next, false).and_then(|(followers, range)| {
                let power = followers.iter().find_map(|follower| match follower {
                    Follower::Scale(power) => Some(*power),
                    _ => None,
                });
                Some((power?, range.end))
            });
            let (more, end) = scale.unwrap_or((0, figures.range.end));
            let fits = more < power && (scale.is_some() || spaced == 0);
            let limit = Value::whole(1).scaled(i32::from(power));
            let added = Value::whole(whole)
                .scaled(i32::from(more))
                .filter(|value| fits && limit.is_some_and(|limit| *value < limit));
            let Some(sum) = added.and_then(|value| number.value().plus(value)) else { return };
            number.values = vec![sum];
            number.precision = i8::try_from(more).unwrap_or_default();
            (number.figure.end, number.range.end) = (end, end);
            (power, at) = (more, end);
        }
    }

    /// "−5 °C": the sign before a number. A hyphen is one where a unit says that something is measured; what else it may be is kept.
    fn minus(&self, number: &mut Number) {
        let before = &self.text[..number.range.start];
        let Some(sign) = before.chars().next_back().filter(|c| matches!(c, '−' | '-')) else { return };
        let ahead = before[..before.len() - sign.len_utf8()].trim_end_matches(is_space);
        let blank = ahead.len() + sign.len_utf8() < before.len() || ahead.is_empty() || ahead.ends_with('(');
        let measured = sign == '−' || number.unit.is_some();
        // "2 -10" is a range with a blank too many.
        if !blank || !measured || ahead.ends_with(|c: char| c.is_ascii_digit()) || number.form == Form::Words {
            return;
        }
        let below: Vec<Value> = number.values.iter().map(|value| value.negative()).collect();
        number.values.splice(0..0, below);
        number.range.start -= sign.len_utf8();
    }

    /// A currency before figures: "$5", "US$ 5", "EUR 5".
    pub(super) fn currency_before(&self, number: &mut Number) {
        if !self.is_digit_at(number.figure.start) {
            return;
        }
        let before = &self.text[..number.figure.start];
        let trimmed = before.trim_end_matches(is_space);
        if before.len() - trimmed.len() > 3 {
            return;
        }
        let mut start = trimmed.len();
        for (index, c) in trimmed.char_indices().rev().take(5) {
            if !(is_currency_sign(c) || c.is_ascii_alphabetic() || matches!(c, 'ł')) {
                break;
            }
            start = index;
        }
        let word = &trimmed[start..];
        if word.is_empty() {
            return;
        }
        let sign = self.sign(word).or_else(|| {
            let sign = word.char_indices().find(|(_, c)| is_currency_sign(*c)).map(|(index, _)| &word[index..])?;
            self.sign(sign)
        });
        if let Some(unit) = sign {
            let range = start..trimmed.len();
            number.range.start = range.start;
            number.unit = Some((unit, range));
            number.label = false;
        }
    }

    /// The currency of a sign or code.
    pub(super) fn sign(&self, word: &str) -> Option<Unit> {
        if let Some(code) = self.code(word) {
            return Some(Unit::Currency { code, shared: false });
        }
        let after = self.language.numbers.after();
        let mut codes = after.by_sign(word).iter().filter_map(|follower| match follower {
            Follower::Currency(code, _) => Some(code.as_str()),
            _ => None,
        });
        let found = codes.next();
        let common = match word {
            "$" | "＄" => Some(("USD", true)),
            "£" | "￡" => Some(("GBP", true)),
            "¥" | "￥" => Some(("JPY", true)),
            "€" => Some(("EUR", false)),
            _ => None,
        };
        let known = found.map(|code| (code, codes.next().is_some()));
        // "US$", "CA$": the country's code and the first letter of the currency.
        let own = word
            .strip_suffix('$')
            .filter(|country| country.len() == 2)
            .and_then(|country| self.code(&format!("{country}D")));
        if let Some(code) = own {
            return Some(Unit::Currency { code, shared: false });
        }
        // A sign that many countries write is no one's own.
        let (code, shared) = common.or(known)?;
        Some(Unit::Currency { code, shared })
    }

    /// What follows a number, and where it stands.
    pub(super) fn follower(&self, number: &Number, scaled: bool) -> Option<(Vec<&'static Follower>, Range<usize>)> {
        let after = self.language.numbers.after();
        let mut end = number.range.end.max(number.figure.end);
        // "1,5 Mio. Euro": the stop belongs to the scale.
        if scaled && self.text[end..].starts_with(". ") {
            let sign = self.text[..end].char_indices().rev().take_while(|(_, c)| is_letter(*c)).last();
            let short = sign.is_some_and(|(at, _)| after.by_name(&self.text[at..end].to_lowercase()).is_empty());
            end += usize::from(short);
        }
        let rest = &self.text[end..];
        let gap = rest.chars().take_while(|c| is_space(*c)).count();
        let start = end + rest.chars().take(gap).map(char::len_utf8).sum::<usize>();
        if gap > 1 {
            return None;
        }
        let narrow = gap == 0 || !rest.starts_with(' ');
        let mut start = start;
        if gap == 0 && rest.starts_with(['-', '\u{2011}']) && self.char_at(end + 1).is_some_and(is_letter) {
            // "a 24-hour day"
            start = end + self.char_at(end).map_or(1, char::len_utf8);
        }
        let round = number.form == Form::Words && number.value() >= Value::whole(1_000_000);
        if scaled || round {
            // "4,5 millions d’euros", "3 millones de dólares", "2 milioni di euro"
            let links = &self.language.numbers.of;
            let skip = links.iter().find(|link| self.text[start..].starts_with(link.as_str())).map_or(0, String::len);
            start += skip;
        }
        let first = self.char_at(start)?;
        // Names, the longest first.
        if (is_letter(first) || spellout::is_unspaced(first))
            && let Some(found) = self.named(after, start)
        {
            return Some(found);
        }
        if let Some(follower) = everywhere(first) {
            let end = start + first.len_utf8();
            let letter = self.char_at(end).filter(|c| first == '°' && matches!(c, 'C' | 'F'));
            return match letter {
                Some('F') => Some((vec![&FAHRENHEIT], start..end + 1)),
                Some(_) => Some((vec![&CELSIUS], start..end + 1)),
                None => Some((vec![follower], start..end)),
            };
        }
        let sign = self.text.get(start..self.sign_end(start).max(start + first.len_utf8()))?;
        // "M€" is a scale and a currency.
        let cut = sign.find(is_currency_sign).filter(|cut| *cut > 0 && after.by_sign(sign).is_empty());
        let sign = &sign[..cut.unwrap_or(sign.len())];
        // "2012 г." is a year.
        if number.may_be_year() && self.language.dates.glue.iter().any(|glue| glue == sign) {
            return None;
        }
        let known = after.by_sign(sign);
        // A letter that stands alone after a space is a word; with a currency before it, it is a scale.
        let short = sign.chars().count() == 1 && is_letter(first);
        let possible = narrow
            || cut.is_some()
            || !short
            || number.unit.is_some()
            || !known.iter().any(|f| matches!(f, Follower::Scale(_)));
        if !known.is_empty() && possible && (narrow || !sign.is_ascii() || sign.len() > 1 || short) {
            return Some((known.iter().collect(), start..start + sign.len()));
        }
        None
    }

    /// The longest name of a scale, unit or currency that begins here.
    pub(super) fn named(&self, after: &'static After, start: usize) -> Option<(Vec<&'static Follower>, Range<usize>)> {
        let unspaced = self.char_at(start).is_some_and(spellout::is_unspaced);
        if unspaced {
            let mut ends: Vec<usize> =
                self.text[start..].char_indices().take(6).map(|(at, c)| start + at + c.len_utf8()).collect();
            ends.reverse();
            return ends.into_iter().find_map(|end| {
                let known = after.by_name(&self.text[start..end]);
                (!known.is_empty()).then(|| (known.iter().collect(), start..end))
            });
        }
        let mut name = self.text[start..self.word_end(start)].to_lowercase();
        let mut ends = vec![self.word_end(start)];
        let longest = after.longest(&name);
        if longest == 0 {
            // A compound that only a hyphen joins ("kilowatt-hours").
            let end = self.sign_end(start);
            let known = after.by_name(&self.text[start..end].to_lowercase());
            return (!known.is_empty()).then(|| (known.iter().collect(), start..end));
        }
        let mut names = vec![name.clone()];
        while ends.len() < longest {
            let end = ends.last().copied().unwrap_or(start);
            let Some(gap) = self.char_at(end).filter(|c| is_space(*c)).map(char::len_utf8) else { break };
            let next = self.word_end(end + gap);
            if next == end + gap {
                break;
            }
            name = format!("{name} {}", self.text[end + gap..next].to_lowercase());
            names.push(name.clone());
            ends.push(next);
            if self.char_at(next).is_none_or(|c| !is_space(c)) {
                break;
            }
        }
        names.iter().zip(&ends).rev().find_map(|(name, end)| {
            let known = after.by_name(name);
            (!known.is_empty()).then(|| (known.iter().collect(), start..*end))
        })
    }

    /// Joins a number to the one before it where both are the ends of a range, and gives the first end what only the second shows.
    pub(super) fn pair_up(&mut self, number: &mut Number) {
        let place = self.found.numbers.len();
        let Some(first) = self.found.numbers.last_mut() else { return };
        let between = self.text.get(first.range.end..number.range.start).unwrap_or_default().trim_matches(is_space);
        let word = || self.language.dates.range.iter().any(|word| word == between);
        let dash = matches!(between, "–" | "-" | "\u{2011}");
        // "between 5 and 10"
        let dates = &self.language.dates;
        let both = || {
            let before = self.text[..first.range.start].trim_end_matches(is_space);
            let ends = |word: &String| {
                before.len().checked_sub(word.len()).is_some_and(|start| {
                    before.get(start..).is_some_and(|found| found.eq_ignore_ascii_case(word))
                        && !before[..start].ends_with(char::is_alphanumeric)
                })
            };
            dates.and.iter().any(|word| word == between) && dates.between.iter().any(ends)
        };
        if first.partner.is_some()
            || between.len() > 12
            || first.form == Form::Roman
            || number.form == Form::Roman
            || !(dash || word() || both())
        {
            return;
        }
        first.partner = Some(place);
        number.partner = Some(place - 1);
        if dash && number.form == Form::Mixed && first.form == Form::Digits {
            // "5–10 million": the first end may be millions too.
            let power = i32::from(number.precision.max(0));
            let scaled: Vec<Value> = first.values.iter().filter_map(|value| value.scaled(power)).collect();
            first.values.extend(scaled);
        }
        if first.unit.is_none() {
            first.unit.clone_from(&number.unit);
        } else if number.unit.is_none() && matches!(first.unit, Some((Unit::Currency { .. }, _))) {
            number.unit.clone_from(&first.unit);
        }
    }
}

/// A sign of general category Sc.
fn is_currency_sign(c: char) -> bool {
    matches!(
        c,
        '$' | '£' | '€' | '¥' | '¢' | '¤' | '\u{20A0}'
            ..='\u{20CF}'
                | '\u{060B}'
                | '\u{0E3F}'
                | '\u{17DB}'
                | '\u{FDFC}'
                | '\u{FE69}'
                | '\u{FF04}'
                | '\u{FFE0}'
                | '\u{FFE1}'
                | '\u{FFE5}'
                | '\u{FFE6}'
                | '৳'
    )
}

static PERCENT: LazyLock<Follower> = LazyLock::new(|| Follower::Unit("percent".to_owned()));
static PERMILLE: LazyLock<Follower> = LazyLock::new(|| Follower::Unit("permille".to_owned()));
static DEGREE: LazyLock<Follower> = LazyLock::new(|| Follower::Unit("degree".to_owned()));
static CELSIUS: LazyLock<Follower> = LazyLock::new(|| Follower::Unit("celsius".to_owned()));
static FAHRENHEIT: LazyLock<Follower> = LazyLock::new(|| Follower::Unit("fahrenheit".to_owned()));
static EURO: LazyLock<Follower> = LazyLock::new(|| Follower::Currency("EUR".to_owned(), false));
static DOLLAR: LazyLock<Follower> = LazyLock::new(|| Follower::Currency("USD".to_owned(), true));
static POUND: LazyLock<Follower> = LazyLock::new(|| Follower::Currency("GBP".to_owned(), true));

/// Signs that mean the same in every language.
fn everywhere(sign: char) -> Option<&'static Follower> {
    match sign {
        '%' | '％' | '٪' => Some(&PERCENT),
        '‰' => Some(&PERMILLE),
        '°' => Some(&DEGREE),
        '€' => Some(&EURO),
        '$' => Some(&DOLLAR),
        '£' => Some(&POUND),
        _ => None,
    }
}

/// What a small number of parts is: "two-thirds".
fn fraction(number: &Number, followers: &[&'static Follower]) -> Option<Option<Value>> {
    let parts = followers.iter().find_map(|follower| match follower {
        Follower::Part(parts) => Some(i128::from(*parts)),
        _ => None,
    })?;
    let count = number.value().as_whole().filter(|count| (1..parts).contains(count))?;
    (number.kind == Kind::Cardinal && number.unit.is_none() && number.values.len() == 1)
        .then(|| Value::fraction(count, parts))
}

/// The unit that a follower is.
fn unit(follower: &&'static Follower) -> Option<Unit> {
    match follower {
        Follower::Unit(name) if name == "percent" => Some(Unit::Percent),
        Follower::Unit(name) if name == "permille" => Some(Unit::Permille),
        Follower::Unit(name) => Some(Unit::Measure(name)),
        Follower::Currency(code, shared) => Some(Unit::Currency { code, shared: *shared }),
        Follower::Scale(_) | Follower::Part(_) => None,
    }
}

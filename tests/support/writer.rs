//! Writes numbers in words by CLDR's rules, by itself: what the reader is held against.

use std::collections::BTreeMap;

/// Writes numbers by rules in ICU's notation.
pub struct Writer {
    /// The rules of each set: base, divisor and body.
    pub sets: BTreeMap<String, Vec<(u64, u64, String)>>,
}

impl Writer {
    /// Takes the rules apart.
    pub fn new(rules: &str) -> Self {
        let mut sets: BTreeMap<String, Vec<(u64, u64, String)>> = BTreeMap::new();
        let mut set = String::new();
        for line in rules.lines() {
            if let Some(name) = line.strip_suffix(':').filter(|name| name.starts_with('%')) {
                name.clone_into(&mut set);
                continue;
            }
            let Some((head, body)) = line.split_once(':') else { continue };
            let (base, radix) = head.split_once('/').unwrap_or((head, "10"));
            let (Ok(base), Ok(radix)) = (base.parse::<u64>(), radix.parse::<u64>()) else { continue };
            let mut divisor = 1;
            while divisor * radix <= base {
                divisor *= radix;
            }
            let body = body.strip_prefix(' ').unwrap_or(body);
            sets.entry(set.clone()).or_default().push((base, divisor, body.to_owned()));
        }
        Writer { sets }
    }

    /// `None` where the set has no rule for the number.
    pub fn write(&self, set: &str, number: u64) -> Option<String> {
        let (_, divisor, body) = self.sets.get(set)?.iter().rev().find(|(base, ..)| *base <= number)?;
        let mut body = body.strip_prefix('\'').unwrap_or(body).to_owned();
        if let (Some(open), Some(close)) = (body.find('['), body.find(']')) {
            let (with, without) = body[open + 1..close].split_once('|').unwrap_or((&body[open + 1..close], ""));
            let inner = if number.is_multiple_of(*divisor) { without } else { with }.to_owned();
            body.replace_range(open..=close, &inner);
        }
        if let (Some(open), Some(close)) = (body.find("$("), body.find(")$")) {
            // Which form a number takes is no question of reading: the last one is as good.
            let form = body[open..close].rsplit_once('{').map(|(_, form)| form.trim_end_matches('}').to_owned());
            body.replace_range(open..close + 2, &form.unwrap_or_default());
        }
        let mut written = String::new();
        let mut rest = body.as_str();
        while let Some(mark) = rest.chars().next() {
            let inner = &rest[mark.len_utf8()..];
            let value = match mark {
                '←' => number / divisor,
                '→' => number % divisor,
                '=' => number,
                _ => {
                    written.push(mark);
                    rest = inner;
                    continue;
                }
            };
            let (name, after) = inner.split_once(mark)?;
            written += &self.write(if name.is_empty() { set } else { name }, value)?;
            rest = after;
        }
        Some(written)
    }
}

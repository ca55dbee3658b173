//! Formulas over counts of a text: numbers, names, `+ - * /` and brackets.

/// Brackets nested deeper than this are a mistake.
const DEPTH: usize = 32;

/// The counts that a formula may name.
pub const NAMES: &[&str] = &["words", "long-words", "characters", "sentences", "blocks"];

/// A formula ready to be worked out.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// A count, by its place in [`NAMES`].
    Count(usize),
    /// Two formulas with a sign between.
    Both(Box<Formula>, char, Box<Formula>),
}

impl Formula {
    /// Reads a formula; what is wrong with it, for people.
    pub fn read(text: &str) -> Result<Formula, String> {
        let mut reader = Reader { rest: text.trim(), depth: 0 };
        let formula = reader.sum()?;
        if reader.rest.is_empty() { Ok(formula) } else { Err(format!("“{}” was not expected here", reader.rest)) }
    }

    /// The value, given each count. A division by nothing is nothing.
    pub fn value(&self, count: &dyn Fn(usize) -> usize) -> f64 {
        match self {
            Formula::Number(number) => *number,
            Formula::Count(at) => count(*at) as f64,
            Formula::Both(left, sign, right) => {
                let (left, right) = (left.value(count), right.value(count));
                match sign {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    _ if right == 0.0 => 0.0,
                    _ => left / right,
                }
            }
        }
    }
}

struct Reader<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn sum(&mut self) -> Result<Formula, String> {
        self.chain(&['+', '-'], Reader::product)
    }

    fn product(&mut self) -> Result<Formula, String> {
        self.chain(&['*', '/'], Reader::operand)
    }

    fn chain(&mut self, signs: &[char], part: fn(&mut Self) -> Result<Formula, String>) -> Result<Formula, String> {
        let mut left = part(self)?;
        while let Some(sign) = self.rest.chars().next().filter(|sign| signs.contains(sign)) {
            self.skip(1);
            left = Formula::Both(Box::new(left), sign, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Formula, String> {
        if self.rest.starts_with('(') {
            self.depth += 1;
            if self.depth > DEPTH {
                return Err("brackets are nested too deeply".into());
            }
            self.skip(1);
            let inside = self.sum()?;
            if !self.rest.starts_with(')') {
                return Err("a bracket is not closed".into());
            }
            self.skip(1);
            self.depth -= 1;
            return Ok(inside);
        }
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && !".-_".contains(c)).unwrap_or(self.rest.len());
        let word = &self.rest[..end];
        self.skip(end);
        if let Ok(number) = word.parse() {
            return Ok(Formula::Number(number));
        }
        let name = word.replace('_', "-");
        match NAMES.iter().position(|known| *known == name) {
            Some(at) => Ok(Formula::Count(at)),
            None => Err(format!("“{word}” is no count; there are {}", NAMES.join(", "))),
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest[bytes..].trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_worked_out_in_the_usual_order() {
        let value = |text: &str| Formula::read(text).map(|formula| formula.value(&|at| 10 * (at + 1)));
        assert_eq!(value("words / sentences"), Ok(0.25));
        assert_eq!(value("0.4 * (words + 100 * long_words / words) - 1"), Ok(0.4 * 210.0 - 1.0));
        assert_eq!(value("words / 0"), Ok(0.0));
        assert!(value("syllables").is_err() && value("(words").is_err() && value("words)").is_err());
        assert!(value(&"(".repeat(10_000)).is_err() && value("").is_err());
    }
}

//! Exact values of numbers.

use std::cmp::Ordering;
use std::fmt;

/// An exact value: a fraction in lowest terms. Decimals are fractions of a power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Value {
    numerator: i128,
    denominator: i128,
}

impl Value {
    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Value { numerator: number, denominator: 1 }
    }

    /// A fraction; `None` for a denominator that is not positive.
    pub fn fraction(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator <= 0 || numerator == i128::MIN {
            return None;
        }
        let common = common(numerator.unsigned_abs(), denominator.unsigned_abs());
        let common = i128::try_from(common).unwrap_or(1).max(1);
        Some(Value { numerator: numerator / common, denominator: denominator / common })
    }

    /// The value times a power of ten, which may be negative; `None` where it becomes too large to hold.
    pub fn scaled(self, power: i32) -> Option<Self> {
        let factor = 10_i128.checked_pow(power.unsigned_abs())?;
        if power < 0 {
            Value::fraction(self.numerator, self.denominator.checked_mul(factor)?)
        } else {
            Value::fraction(self.numerator.checked_mul(factor)?, self.denominator)
        }
    }

    /// The sum; `None` where it becomes too large to hold.
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Value::fraction(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The same below zero.
    pub fn negative(self) -> Self {
        Value { numerator: self.numerator.saturating_neg(), ..self }
    }

    /// The whole number it is, if it is one.
    pub fn as_whole(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// About how much it is.
    pub fn about(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        let exact = self.numerator.checked_mul(other.denominator).zip(other.numerator.checked_mul(self.denominator));
        match exact {
            Some((left, right)) => left.cmp(&right),
            None => self.about().total_cmp(&other.about()),
        }
    }
}

impl fmt::Display for Value {
    /// A whole number or a decimal with a point where it is one, else a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut denominator = self.denominator;
        let mut places = 0_usize;
        let mut numerator = self.numerator;
        while denominator % 10 == 0 {
            denominator /= 10;
            places += 1;
        }
        for factor in [2, 5] {
            let other = 7 - factor;
            while denominator % factor == 0 && numerator.checked_mul(other).is_some() {
                numerator *= other;
                denominator /= factor;
                places += 1;
            }
        }
        if denominator != 1 {
            return write!(f, "{}/{}", self.numerator, self.denominator);
        }
        let sign = if numerator < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", numerator.unsigned_abs(), width = places + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places);
        let mark = if places == 0 { "" } else { "." };
        f.pad(&format!("{sign}{whole}{mark}{decimals}"))
    }
}

/// The greatest common divisor.
fn common(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_fractions_are_exact() {
        let value = |number, power| Value::whole(number).scaled(power).expect("small");
        assert_eq!(value(15, -1), value(150, -2));
        assert_eq!(value(45, 5), Value::whole(4_500_000));
        assert_eq!(value(1_250, -3).to_string(), "1.25");
        assert_eq!(value(-5, -2).to_string(), "-0.05");
        assert_eq!(Value::fraction(2, 6).map(|third| third.to_string()).as_deref(), Some("1/3"));
        assert_eq!(Value::fraction(3, 8).map(|value| value.to_string()).as_deref(), Some("0.375"));
        assert!(value(1, -1) < Value::whole(1) && Value::fraction(1, 0).is_none());
        assert_eq!(Value::whole(i128::MAX).scaled(1), None);
    }
}

//! A sieve of names: what short names are but for a piece, as bits that lie close together. A slip leaves the rest of a name whole, so that
//! most letters of a text are told to be none in a few looks, and of the others where the slip may stand, where the table of deletions
//! ([`Spellings`](super::spelling::Spellings)) would take a look for every letter, each somewhere else.

use super::spelling::SHORT;
use super::table::step;
use std::cmp::Ordering;
use std::ops::Range;

/// Pieces into which the sieve divides a name.
const PIECES: usize = 3;
/// Looks into the sieve for the letters of one place: the pieces of names of three lengths, and what lies across their seams.
const LOOKS: usize = 4 * PIECES - 1;

/// What short names are but for a piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Sieve {
    /// As many as some power of two.
    bits: Vec<u32>,
}

/// Where a slip may stand in letters of a text, as places of the letter that is wrong, missing, or too many.
#[derive(Clone, Default)]
pub(super) struct Slips {
    /// Whether there may be none.
    pub none: bool,
    /// Of a name with a letter less, as many, and one more.
    pub less: Range<usize>,
    pub as_many: Range<usize>,
    pub more: Range<usize>,
}

impl Sieve {
    /// For so many names.
    pub fn new(names: usize) -> Self {
        Sieve { bits: vec![0; (names * 2).next_power_of_two()] }
    }

    /// The sieve of what [`Sieve::bits`] gives; `None` where that is none of a sieve.
    pub fn of_bits(bits: Vec<u32>) -> Option<Self> {
        bits.len().is_power_of_two().then_some(Sieve { bits })
    }

    pub fn bits(&self) -> &[u32] {
        &self.bits
    }

    pub fn add(&mut self, letters: &[char]) {
        let (ends, count) = (Ends::of(letters), letters.len());
        for piece in pieces(count).chain(seams(count)) {
            let (at, mask) = self.place(ends.around(piece, count), count);
            self.bits[at] |= mask;
        }
    }

    /// Where a slip may stand in each of some letters. Of a large register each look waits for memory, so that all are begun before the first
    /// is judged.
    pub fn slips(&self, all: &[Vec<char>]) -> Vec<Slips> {
        let places: Vec<(usize, u32)> = all.iter().flat_map(|letters| self.places(letters)).collect();
        let is_known = |&(at, mask): &(usize, u32)| self.bits.get(at).is_some_and(|bits| bits & mask == mask);
        let known: Vec<bool> = places.iter().map(is_known).collect();
        all.iter().zip(known.chunks_exact(LOOKS)).map(|(letters, known)| Slips::of(letters.len(), known)).collect()
    }

    /// Where to look for letters, in the order of [`looks`]; nowhere where they are too many.
    fn places(&self, letters: &[char]) -> [(usize, u32); LOOKS] {
        let mut places = [(usize::MAX, 0); LOOKS];
        let count = letters.len();
        if count <= SHORT + 1 {
            let ends = Ends::of(letters);
            for (place, (length, piece)) in places.iter_mut().zip(looks(count)) {
                // What is left of a name with a letter more where nothing is taken away is more than there is.
                if piece.start + length - piece.end <= count {
                    *place = self.place(ends.around(piece, length), length);
                }
            }
        }
        places
    }

    fn place(&self, rest: u64, length: usize) -> (usize, u32) {
        let bits = step(rest, length as u64);
        let at = bits as usize & self.bits.len().saturating_sub(1);
        (at, 1 << (bits >> 40 & 31) | 1 << (bits >> 48 & 31) | 1 << (bits >> 56 & 31))
    }
}

impl Slips {
    /// What follows from the looks at so many letters of which something is known.
    fn of(count: usize, known: &[bool]) -> Slips {
        let mut slips = Slips { none: known[PIECES..2 * PIECES].iter().all(|known| *known), ..Slips::default() };
        for (length, piece) in looks(count).zip(known).filter_map(|(look, known)| known.then_some(look)) {
            let places = match length.cmp(&count) {
                Ordering::Less => &mut slips.less,
                Ordering::Equal => &mut slips.as_many,
                Ordering::Greater => &mut slips.more,
            };
            // A letter too many makes the piece longer than it is in the name.
            let end = piece.end + count.saturating_sub(length);
            *places =
                if places.end == 0 { piece.start..end } else { places.start.min(piece.start)..places.end.max(end) };
        }
        slips
    }
}

/// The lengths and pieces of names that letters are compared with: those of a letter less, of as many, and of one more, and the seams of those
/// of as many, across which two letters may be exchanged.
fn looks(count: usize) -> impl Iterator<Item = (usize, Range<usize>)> {
    let lengths = [count.saturating_sub(1), count, count + 1];
    let whole = lengths.into_iter().flat_map(|length| pieces(length).map(move |piece| (length, piece)));
    whole.chain(seams(count).map(move |piece| (count, piece)))
}

/// The pieces of a name of so many letters.
fn pieces(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..PIECES).map(move |nth| nth * count / PIECES..(nth + 1) * count / PIECES)
}

/// The two letters on either side of where one piece ends and the next begins.
fn seams(count: usize) -> impl Iterator<Item = Range<usize>> {
    pieces(count).take(PIECES - 1).map(move |piece| piece.end.saturating_sub(1)..(piece.end + 1).min(count))
}

/// Hashes of the first and the last letters of up to [`SHORT`] and one: none, one, two …
struct Ends {
    front: [u64; SHORT + 2],
    back: [u64; SHORT + 2],
}

impl Ends {
    fn of(letters: &[char]) -> Self {
        let mut ends = Ends { front: [1; SHORT + 2], back: [2; SHORT + 2] };
        for (at, (first, last)) in letters.iter().zip(letters.iter().rev()).enumerate() {
            ends.front[at + 1] = step(ends.front[at], u64::from(*first));
            ends.back[at + 1] = step(ends.back[at], u64::from(*last));
        }
        ends
    }

    /// What stands around a piece of a name of some length.
    fn around(&self, piece: Range<usize>, length: usize) -> u64 {
        step(self.front[piece.start], self.back[length - piece.end])
    }
}

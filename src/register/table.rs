//! A table from hashes to numbers, as sorted pairs and an index by leading bits: it is built once, can be written to a file
//! and read back as it lies, and answers in constant time at any size. Hashes may collide, so whoever asks verifies.

use rayon::slice::ParallelSliceMut;

/// A table from hash to numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Hashes in their order, each beside its number: what is found waits for memory once and not twice.
    pairs: Vec<(u32, u32)>,
    /// Where the hashes with the same leading bits start; one more at the end.
    starts: Vec<u32>,
    /// A bit for the lowest bits of each hash: most of what is asked for is not there, and this says so without a look at the pairs,
    /// which do not fit in a processor's memory.
    marks: Vec<u64>,
}

impl Table {
    /// The table of these pairs.
    pub fn new(mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.par_sort_unstable();
        pairs.dedup();
        Table::sorted(pairs)
    }

    /// The table of what [`Table::pairs`] gives; `None` where that is none of a table.
    pub fn of_pairs(pairs: Vec<(u32, u32)>) -> Option<Self> {
        pairs.is_sorted_by_key(|pair| pair.0).then(|| Table::sorted(pairs))
    }

    /// Hashes in their order, each with the number under it.
    pub fn pairs(&self) -> &[(u32, u32)] {
        &self.pairs
    }

    fn sorted(pairs: Vec<(u32, u32)>) -> Self {
        if pairs.is_empty() {
            return Table::default();
        }
        let bits = bits(pairs.len());
        let mut starts = vec![0u32; (1 << bits) + 1];
        for &(hash, _) in &pairs {
            starts[(hash >> (32 - bits)) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut marks = vec![0u64; (pairs.len() / 8).next_power_of_two()];
        for &(hash, _) in &pairs {
            let at = (hash as usize / 64) & (marks.len() - 1);
            marks[at] |= 1 << (hash % 64);
        }
        Table { pairs, starts, marks }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Whether anything may stand under a hash: one look at one place.
    pub fn may_have(&self, hash: u64) -> bool {
        let hash = hash as u32;
        let mark = self.marks.get((hash as usize / 64) & self.marks.len().wrapping_sub(1));
        mark.is_some_and(|mark| mark >> (hash % 64) & 1 == 1)
    }

    /// What stands under a hash: the hash and the number, in the order of the numbers.
    pub fn get(&self, hash: u64) -> &[(u32, u32)] {
        if !self.may_have(hash) {
            return &[];
        }
        let hash = hash as u32;
        let bucket = (hash >> (32 - bits(self.pairs.len()))) as usize;
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let start = from + self.pairs[from..to].partition_point(|pair| pair.0 < hash);
        let end = start + self.pairs[start..to].partition_point(|pair| pair.0 == hash);
        &self.pairs[start..end]
    }

    /// Whether anything stands under a hash.
    pub fn has(&self, hash: u64) -> bool {
        !self.get(hash).is_empty()
    }
}

/// The hash of a sequence with one thing more.
pub(super) fn step(hash: u64, next: u64) -> u64 {
    (hash.rotate_left(23) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ next.rotate_left(7)
}

/// Leading bits by which a table of some length is divided: some four hashes to a bucket.
fn bits(len: usize) -> u32 {
    (usize::BITS - len.leading_zeros()).saturating_sub(2).clamp(1, 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_found_again() {
        let pairs: Vec<(u32, u32)> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) & !3, n)).collect();
        let table = Table::new(pairs.clone());
        for (hash, value) in pairs {
            assert!(table.get(u64::from(hash)).contains(&(hash, value)));
        }
        assert!(!Table::default().has(3));
    }
}

//! A table from hashes to numbers, as two sorted columns and an index by leading bits: it is built once, can be written to a file
//! and read back as it lies, and answers in constant time at any size. Hashes may collide, so whoever asks verifies.

use rayon::slice::ParallelSliceMut;

/// A table from hash to numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    hashes: Vec<u32>,
    values: Vec<u32>,
    /// Where the hashes with the same leading bits start; one more at the end.
    starts: Vec<u32>,
    /// A bit for the lowest bits of each hash: most of what is asked for is not there, and this says so without a look at the columns,
    /// which do not fit in a processor's memory.
    marks: Vec<u64>,
}

impl Table {
    /// The table of these pairs.
    pub fn new(mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.par_sort_unstable();
        pairs.dedup();
        let (hashes, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        Table::sorted(hashes, values)
    }

    /// The table of two columns as [`Table::columns`] gives them; `None` where they are none of a table.
    pub fn of_columns(hashes: Vec<u32>, values: Vec<u32>) -> Option<Self> {
        (hashes.len() == values.len() && hashes.is_sorted()).then(|| Table::sorted(hashes, values))
    }

    /// Hashes in their order, and the number under each.
    pub fn columns(&self) -> (&[u32], &[u32]) {
        (&self.hashes, &self.values)
    }

    fn sorted(hashes: Vec<u32>, values: Vec<u32>) -> Self {
        if hashes.is_empty() {
            return Table::default();
        }
        let bits = bits(hashes.len());
        let mut starts = vec![0u32; (1 << bits) + 1];
        for &hash in &hashes {
            starts[(hash >> (32 - bits)) as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut marks = vec![0u64; (hashes.len() / 8).next_power_of_two()];
        for &hash in &hashes {
            let at = (hash as usize / 64) & (marks.len() - 1);
            marks[at] |= 1 << (hash % 64);
        }
        Table { hashes, values, starts, marks }
    }

    /// Whether anything may stand under a hash: one look at one place.
    pub fn may_have(&self, hash: u64) -> bool {
        let hash = hash as u32;
        let mark = self.marks.get((hash as usize / 64) & self.marks.len().wrapping_sub(1));
        mark.is_some_and(|mark| mark >> (hash % 64) & 1 == 1)
    }

    /// The numbers under a hash.
    pub fn get(&self, hash: u64) -> &[u32] {
        if !self.may_have(hash) {
            return &[];
        }
        let hash = hash as u32;
        let bucket = (hash >> (32 - bits(self.hashes.len()))) as usize;
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let start = from + self.hashes[from..to].partition_point(|&known| known < hash);
        let end = start + self.hashes[start..to].partition_point(|&known| known == hash);
        &self.values[start..end]
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
            assert!(table.get(u64::from(hash)).contains(&value));
        }
        assert!(!Table::default().has(3));
    }
}

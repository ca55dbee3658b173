//! A table from hashes to numbers, as sorted pairs and an index by leading bits: it is built once, can be written to a file
//! and read back as it lies, and answers in constant time at any size. Hashes may collide, so whoever asks verifies.

use rayon::slice::ParallelSliceMut;

/// A table from hash to numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// Hashes in their order, each beside its number: what is found waits for memory once and not twice.
    pairs: Vec<(u32, u32)>,
    /// What is known of the hashes with the same leading bits; one more at the end.
    buckets: Vec<Bucket>,
}

/// Hashes with the same leading bits. Most of what is asked for is not there, and a bucket says so without a look at the pairs, which do
/// not fit in a processor's memory; where it does not, it says where they are, so that nothing waits for memory twice before the pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bucket {
    /// Where they start.
    start: u32,
    /// A bit for the lowest bits of each.
    marks: u32,
}

impl Bucket {
    fn mark(hash: u32) -> u32 {
        1 << (hash % 32)
    }
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
        let mut buckets = vec![Bucket::default(); (1 << bits) + 1];
        for &(hash, _) in &pairs {
            let at = (hash >> (32 - bits)) as usize;
            buckets[at].marks |= Bucket::mark(hash);
            buckets[at + 1].start += 1;
        }
        for at in 1..buckets.len() {
            buckets[at].start += buckets[at - 1].start;
        }
        Table { pairs, buckets }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The bucket of a hash, where that may stand there.
    fn bucket(&self, hash: u32) -> Option<usize> {
        let at = (hash >> (32 - bits(self.pairs.len()))) as usize;
        self.buckets.get(at).is_some_and(|bucket| bucket.marks & Bucket::mark(hash) != 0).then_some(at)
    }

    /// What stands under a hash: the hash and the number, in the order of the numbers.
    pub fn get(&self, hash: u64) -> &[(u32, u32)] {
        self.bucket(hash as u32).map_or(&[], |at| self.in_bucket(at, hash as u32))
    }

    /// What stands under each of many hashes, with the place of the hash among them, where anything does. A large table is not in a
    /// processor's memory: asked all at once, they wait for it together and not one after the other.
    pub fn get_all(&self, hashes: &[u64]) -> impl Iterator<Item = (usize, &[(u32, u32)])> + use<'_> {
        let buckets = hashes.iter().enumerate().filter_map(|(nth, &hash)| Some((nth, hash, self.bucket(hash as u32)?)));
        let buckets: Vec<(usize, u64, usize)> = buckets.collect();
        let found = buckets.into_iter().map(|(nth, hash, at)| (nth, self.in_bucket(at, hash as u32)));
        found.filter(|(_, found)| !found.is_empty())
    }

    fn in_bucket(&self, at: usize, hash: u32) -> &[(u32, u32)] {
        let (from, to) = (self.buckets[at].start as usize, self.buckets[at + 1].start as usize);
        let start = from + self.pairs[from..to].partition_point(|pair| pair.0 < hash);
        let end = start + self.pairs[start..to].partition_point(|pair| pair.0 == hash);
        &self.pairs[start..end]
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
        assert!(Table::default().get(3).is_empty());
    }
}

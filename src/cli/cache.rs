//! What came of releases, kept between runs, so that a tree of which little changed is not checked again. An entry is found by a hash of
//! all that decides it: the drafts and what is known of them, the settings, the program. It is hidden under a stream of bytes that only
//! the same hash yields, so that nobody who has not the drafts themselves can read a word of them in it.

use super::discover::Home;
use super::kept::Kept;
use super::load::{Choices, Loaded};
use crate::engine::{Checked, Draft, Outcome};
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use xxhash_rust::xxh3::xxh3_64;

/// Releases below which a run is as quick without.
const WORTH: usize = 64;
/// Bytes of entries that are kept of one project, and that one run adds.
const MOST: usize = 32 << 20;

/// What an entry is found by.
type Name = [u8; 16];

/// What is kept of a project under its present settings.
pub(super) struct Cache {
    kept: Kept,
    /// Says which project under which settings.
    key: blake3::Hash,
    old: Entries,
    new: Mutex<New>,
}

/// Entries that this run adds.
#[derive(Default)]
struct New {
    entries: Vec<(Name, Vec<u8>)>,
    /// Bytes of all of them.
    held: usize,
}

impl Cache {
    /// The cache of a project for a run over so many releases; `None` where it would be of no use.
    pub fn open(home: &Home, loaded: &Loaded, choices: &Choices, releases: usize) -> Option<Cache> {
        if releases < WORTH {
            return None;
        }
        let (kept, key) = (Kept::releases(), key(home, loaded, choices).ok()?);
        let old = kept.read(&key.to_hex()).and_then(Entries::read).unwrap_or_default();
        Some(Cache { kept, key, old, new: Mutex::default() })
    }

    /// What comes of the drafts of one release: as it was kept, or as it is found now.
    pub fn check(&self, loaded: &Loaded, drafts: &[Draft]) -> Outcome {
        let (name, mut stream) = self.entry(drafts);
        if let Some(outcome) =
            self.old.get(&name).and_then(|entry| loaded.project.tell(drafts, open(entry, &mut stream)?))
        {
            return outcome;
        }
        let checked = loaded.project.checked(drafts);
        if !drafts.iter().any(|draft| loaded.resources.asked_history(draft.source.path())) {
            self.add(name, seal(&checked, &mut stream));
        }
        loaded.project.tell(drafts, checked).unwrap_or_default()
    }

    fn add(&self, name: Name, entry: Option<Vec<u8>>) {
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entry.filter(|entry| new.held + entry.len() <= MOST) {
            new.held += entry.len();
            new.entries.push((name, entry));
        }
    }

    /// Writes what is new. What was of no use this time stays while there is room.
    pub fn close(self) {
        let key = self.key.to_hex();
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner).entries;
        if new.is_empty() {
            return self.kept.touch(&key);
        }
        let (used, other): (Vec<_>, Vec<_>) =
            self.old.index.iter().partition(|(_, (_, used))| used.load(Ordering::Relaxed));
        let old = |(name, (range, _)): (&Name, &(Range<usize>, AtomicBool))| (*name, &self.old.bytes[range.clone()]);
        let used = used.into_iter().map(old).chain(new.iter().map(|(name, entry)| (*name, entry.as_slice())));
        let mut room = MOST;
        let mut all: Vec<(Name, &[u8])> = used.chain(other.into_iter().map(old)).collect();
        all.retain(|(_, entry)| {
            let fits = entry.len() <= room;
            room -= if fits { entry.len() } else { 0 };
            fits
        });
        self.kept.write(&key, |out| Entries::write(&all, out));
    }

    /// The name of what came of drafts, and the stream that hides it.
    fn entry(&self, drafts: &[Draft]) -> (Name, blake3::OutputReader) {
        let mut hasher = blake3::Hasher::new_derive_key("copydesk: what came of a release");
        hasher.update(self.key.as_bytes());
        for Draft { source, options, below } in drafts {
            let known = format!("{:?}", (source.path(), source.encoding(), options, below));
            add(&mut hasher, known.as_bytes());
            add(&mut hasher, source.text().as_bytes());
        }
        let mut stream = hasher.finalize_xof();
        let mut name = Name::default();
        stream.fill(&mut name);
        (name, stream)
    }
}

/// A hash of all that decides what comes of the drafts of a project, except the drafts.
fn key(home: &Home, loaded: &Loaded, choices: &Choices) -> io::Result<blake3::Hash> {
    // The version does not tell one build of the program from another.
    let program = std::env::current_exe()?.metadata()?;
    let mut hasher = blake3::Hasher::new();
    let run = format!("{:?}", (env!("CARGO_PKG_VERSION"), program.len(), program.modified()?, home, choices));
    add(&mut hasher, run.as_bytes());
    add(&mut hasher, loaded.resources.state().as_bytes());
    for (_, source) in loaded.project.view("").sources.iter() {
        add(&mut hasher, source.path().as_bytes());
        add(&mut hasher, source.text().as_bytes());
    }
    Ok(hasher.finalize())
}

/// Adds a part with its length, so that no two lists of parts are the same bytes.
fn add(hasher: &mut blake3::Hasher, part: &[u8]) {
    hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
}

/// What came of a release as an entry, with a sum at its end.
fn seal(checked: &Checked, stream: &mut blake3::OutputReader) -> Option<Vec<u8>> {
    let mut entry = postcard::to_allocvec(checked).ok()?;
    entry.extend(xxh3_64(&entry).to_le_bytes());
    Some(hidden(&entry, stream))
}

/// What an entry holds; `None` where it is not whole.
fn open(entry: &[u8], stream: &mut blake3::OutputReader) -> Option<Checked> {
    let open = hidden(entry, stream);
    let (checked, sum) = open.split_last_chunk()?;
    let whole = xxh3_64(checked) == u64::from_le_bytes(*sum);
    whole.then(|| postcard::from_bytes(checked).ok()).flatten()
}

/// Bytes under a stream; the stream is read from its beginning, and laid over them twice it leaves them as they were.
fn hidden(bytes: &[u8], stream: &mut blake3::OutputReader) -> Vec<u8> {
    // What lies before is the name, which everyone can read.
    stream.set_position(size_of::<Name>() as u64);
    let mut over = vec![0; bytes.len()];
    stream.fill(&mut over);
    over.iter_mut().zip(bytes).for_each(|(over, byte)| *over ^= byte);
    over
}

/// The entries of a file: how many, the name and length of each, then all of them one after the other.
#[derive(Default)]
struct Entries {
    bytes: Vec<u8>,
    /// Where each lies, and whether it was of use.
    index: HashMap<Name, (Range<usize>, AtomicBool)>,
}

impl Entries {
    /// `None` where the file is not whole.
    fn read(bytes: Vec<u8>) -> Option<Entries> {
        let (count, rest) = bytes.split_first_chunk()?;
        let (count, mut rest) = (u32::from_le_bytes(*count) as usize, rest);
        let mut at = count.checked_mul(size_of::<Name>() + 4)?.checked_add(4)?;
        if at > bytes.len() {
            return None;
        }
        let mut index = HashMap::with_capacity(count);
        for _ in 0..count {
            let (name, more) = rest.split_first_chunk()?;
            let (length, more) = more.split_first_chunk()?;
            let end = at.checked_add(u32::from_le_bytes(*length) as usize)?;
            index.insert(*name, (at..end, AtomicBool::new(false)));
            (at, rest) = (end, more);
        }
        (at == bytes.len()).then_some(Entries { bytes, index })
    }

    fn get(&self, name: &Name) -> Option<&[u8]> {
        let (range, used) = self.index.get(name)?;
        used.store(true, Ordering::Relaxed);
        self.bytes.get(range.clone())
    }

    fn write(all: &[(Name, &[u8])], out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&(all.len() as u32).to_le_bytes())?;
        for (name, entry) in all {
            out.write_all(name)?;
            out.write_all(&(entry.len() as u32).to_le_bytes())?;
        }
        all.iter().try_for_each(|(_, entry)| out.write_all(entry))
    }
}

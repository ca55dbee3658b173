//! One document and what is known about it: what a check reads. What costs is computed when the first check asks for it.

use crate::document::{Block, Document, InlineKind, OPAQUE, SEPARATOR};
use crate::language::Language;
use crate::mention::date::{self, Mention, Time};
use crate::mention::name::{self, Names};
use crate::mention::number::{self, Identifier, Number, Numbers};
use crate::mention::quotation::{self, Quotation};
use crate::mention::title::{self, Title};
use crate::mention::word::{self, Word};
use crate::register::{Context, EntryKind, Faulty, Mentions, Register};
use crate::release::date::{ReleaseDate, find};
use crate::release::name as name_of_versions;
use crate::source::{SourceSet, Span};
use foldhash::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// How far a text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    /// What is normal in a draft is worth no more than a note.
    Draft,
    /// The text goes out.
    #[default]
    Final,
}

/// One document and what is known about it.
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// Every source that a label may point into: the draft, its sisters, packs, registers, configuration.
    pub sources: &'a SourceSet,
    /// How far the text has come.
    pub stage: Stage,
    register: Arc<Register>,
    mentions: OnceLock<Mentions>,
    dates: OnceLock<date::Mentions>,
    release_dates: OnceLock<Vec<ReleaseDate>>,
    faults: [OnceLock<Vec<Faulty>>; 5],
    titles: OnceLock<Vec<Title>>,
    quotations: OnceLock<Vec<Quotation>>,
    addresses: OnceLock<Vec<Range<usize>>>,
    sentences: OnceLock<Vec<Range<usize>>>,
    numbers: OnceLock<Numbers>,
    words: OnceLock<Vec<Word>>,
    by_fold: OnceLock<HashMap<String, Vec<usize>>>,
    folded: OnceLock<Vec<String>>,
    vocabulary: OnceLock<std::collections::HashMap<String, usize>>,
    names: OnceLock<Names>,
}

impl<'a> Reading<'a> {
    /// A reading of a document; nothing is computed yet.
    pub fn new(document: &'a Document, sources: &'a SourceSet, stage: Stage) -> Self {
        Reading {
            document,
            sources,
            stage,
            register: Arc::default(),
            mentions: OnceLock::new(),
            dates: OnceLock::new(),
            release_dates: OnceLock::new(),
            faults: Default::default(),
            titles: OnceLock::new(),
            quotations: OnceLock::new(),
            addresses: OnceLock::new(),
            sentences: OnceLock::new(),
            numbers: OnceLock::new(),
            words: OnceLock::new(),
            by_fold: OnceLock::new(),
            folded: OnceLock::new(),
            vocabulary: OnceLock::new(),
            names: OnceLock::new(),
        }
    }

    /// The same reading with what an office knows.
    pub fn with_register(self, register: Arc<Register>) -> Self {
        Reading { register, ..self }
    }

    /// What the office knows; nothing where no register was named.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// What of the register the text mentions, but in addresses and code.
    pub fn register_mentions(&self) -> &Mentions {
        self.mentions.get_or_init(|| {
            let mut mentions = self.register.mentions_in(self.text(), &self.language().names.cases);
            mentions.hits.retain(|hit| !self.is_opaque(&hit.range));
            mentions.near.retain(|near| !self.is_opaque(&near.range));
            mentions
        })
    }

    /// The mentions of a kind of entry that are not as the register has them.
    pub fn register_faults(&self, kind: EntryKind) -> &[Faulty] {
        self.faults[kind as usize].get_or_init(|| {
            let context = Context {
                text: self.text(),
                language: self.document.language.tag.as_deref(),
                day: self.day(),
                declines: !self.language().names.undeclined,
            };
            self.register.faults(self.register_mentions(), kind, context)
        })
    }

    /// What the text says that people of the register are.
    pub fn titles(&self) -> &[Title] {
        self.titles.get_or_init(|| {
            let (language, hits) = (self.document.language.tag.as_deref(), &self.register_mentions().hits);
            title::read(self.text(), language, &self.language().names, &self.register, hits)
        })
    }

    /// The day that names and posts must hold on, where it is known.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.release_date().map(|release| release.date)
    }

    /// The prose of the document; blocks are divided by [`SEPARATOR`].
    pub fn text(&self) -> &'a str {
        &self.document.text
    }

    /// What is known of the text's language.
    pub fn language(&self) -> &'static Language {
        Language::of(self.document.language.tag.as_deref())
    }

    /// The path of the document's source.
    pub fn path(&self) -> &'a str {
        self.sources.get(self.document.source).path()
    }

    /// The words of a range of the text.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        &self.document.text[range]
    }

    /// The span in the source of a range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.document.span_of(range)
    }

    /// The span in the source of a range of the text, where an edit may replace it as a whole.
    pub fn edit_span(&self, range: Range<usize>) -> Option<Span> {
        self.document.map.to_source_whole(range).map(|whole| Span::new(self.document.source, whole))
    }

    /// The block that holds a byte of the text.
    pub fn block_at(&self, byte: usize) -> Option<&'a Block> {
        self.document.block_at(byte).map(|index| &self.document.blocks[index])
    }

    /// The blocks that hold prose, each with its text.
    pub fn prose(&self) -> impl Iterator<Item = (&'a Block, &'a str)> {
        self.document.blocks.iter().filter(|b| !b.range.is_empty()).map(|b| (b, self.document.block_text(b)))
    }

    /// The dates that the text mentions, in its order, but in addresses.
    pub fn dates(&self) -> &[Mention] {
        &self.dates.get_or_init(|| date::read(self.document)).dates
    }

    /// The times of day that the text mentions, in its order, but in addresses.
    pub fn times(&self) -> &[Time] {
        &self.dates.get_or_init(|| date::read(self.document)).times
    }

    /// The release's date and where it was found; `None` where nothing says it.
    pub fn release_date(&self) -> Option<&ReleaseDate> {
        self.release_dates().first()
    }

    /// Every place that says the release's date, best reason first.
    pub fn release_dates(&self) -> &[ReleaseDate] {
        self.release_dates.get_or_init(|| find(self.document, self.dates(), self.path()))
    }

    /// The numbers of the text, in its order, without those of dates, times and addresses.
    pub fn numbers(&self) -> &[Number] {
        &self.number_mentions().numbers
    }

    /// What looks like a number and is a name (versions, codes, telephone numbers), in the order of the text.
    pub fn identifiers(&self) -> &[Identifier] {
        &self.number_mentions().identifiers
    }

    fn number_mentions(&self) -> &Numbers {
        self.numbers.get_or_init(|| {
            let dates = self.dates().iter().map(|mention| mention.range.clone());
            let taken: Vec<Range<usize>> = dates.chain(self.times().iter().map(|time| time.range.clone())).collect();
            number::read(self.document, self.language(), &taken)
        })
    }

    /// The quotations of the text, in its order.
    pub fn quotations(&self) -> &[Quotation] {
        self.quotations.get_or_init(|| quotation::read(self.document))
    }

    /// The sentences of the text, in its order, without the white space between them.
    pub fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| {
            let mentions: Vec<Range<usize>> = self.dates().iter().map(|mention| mention.range.clone()).collect();
            crate::sentence::sentences(self.document, &mentions)
        })
    }

    /// The words of the prose, in its order, without those of addresses and other technical writing.
    pub fn words(&self) -> &[Word] {
        self.words.get_or_init(|| word::read(self.document, self.sentences()))
    }

    /// Places in [`Reading::words`] by how the word is written but for case and accents.
    pub fn words_by_fold(&self) -> &HashMap<String, Vec<usize>> {
        self.by_fold.get_or_init(|| word::by_fold(self.words(), self.text()))
    }

    /// Each of [`Reading::words`] as the names of two versions are compared.
    pub fn folded_words(&self) -> &[String] {
        let folded = |word: &Word| name_of_versions::folded(self.slice(word.range.clone()));
        self.folded.get_or_init(|| self.words().iter().map(folded).collect())
    }

    /// How often each word stands in the text, as the names of two versions are compared; addresses and code included.
    pub fn vocabulary(&self) -> &std::collections::HashMap<String, usize> {
        self.vocabulary.get_or_init(|| name_of_versions::vocabulary(self.text()))
    }

    /// The names of the text: words that have a capital wherever they stand.
    pub fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let is_opaque = |range: &Range<usize>| self.is_opaque(range);
            name::read(self.text(), self.words(), &self.language().dates.and, &is_opaque)
        })
    }

    /// Whether a range of the text lies inside quotation marks: somebody's words, which are checked for facts and not for taste.
    pub fn is_quoted(&self, range: &Range<usize>) -> bool {
        let quotations = self.quotations();
        let after = quotations.partition_point(|quotation| quotation.inner.start <= range.start);
        // Quotations may be nested; one level of looking back finds the outer one.
        quotations[..after].iter().rev().take(8).any(|quotation| range.end <= quotation.inner.end)
    }

    /// Whether a range touches what is no prose: an address, a link target written out, code.
    pub fn is_opaque(&self, range: &Range<usize>) -> bool {
        // Addresses do not overlap, so the last one that begins before the range ends is the one that may touch it.
        let addresses = self.addresses.get_or_init(|| {
            let inlines = self.document.inlines.iter();
            inlines.filter(|inline| inline.kind == InlineKind::Address).map(|inline| inline.range.clone()).collect()
        });
        let before = addresses.partition_point(|address| address.start < range.end);
        self.slice(range.clone()).contains([OPAQUE, SEPARATOR])
            || addresses[..before].last().is_some_and(|address| range.start < address.end)
    }
}

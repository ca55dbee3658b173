//! What is read, language by language.

use super::*;
use crate::document::{Format, LanguageReason, ReadOptions, read as read_document};
use crate::language::Language;
use crate::source::{Source, SourceId};

/// The numbers of a text: values, unit, and what else is particular.
fn shown(tag: &str, text: &str) -> String {
    let options = ReadOptions {
        format: Some(Format::Plain),
        language: vec![(tag.to_owned(), LanguageReason::CommandLine)],
        ..ReadOptions::default()
    };
    let documents = read_document(&Source::from_text("a.txt", text), SourceId(0), &options);
    let document = &documents[0];
    let found = super::read(document, Language::of(Some(tag)), &[]);
    let number = |number: &Number| {
        let mut shown: Vec<String> = number.values.iter().map(Value::to_string).collect();
        if let Some(value) = number.foreign {
            shown.push(format!("?{value}"));
        }
        let mut shown = shown.join("|");
        match number.unit {
            Some((Unit::Percent, _)) => shown += "%",
            Some((Unit::Permille, _)) => shown += "‰",
            Some((Unit::Measure(unit), _)) => shown += &format!(" {unit}"),
            Some((Unit::Currency { code, shared }, _)) => shown += &format!(" {code}{}", if shared { "~" } else { "" }),
            None => {}
        }
        if number.kind == Kind::Ordinal {
            shown += ".";
        }
        if number.label {
            shown += " label";
        }
        if let Some(flaw) = number.flaw {
            shown += &format!(" {flaw:?}");
        }
        if number.form == Form::Words { format!("({shown})") } else { shown }
    };
    found.numbers.iter().map(number).collect::<Vec<_>>().join("; ")
}

/// The identifiers of an English text.
fn identifiers(text: &str) -> Vec<String> {
    let options = ReadOptions {
        format: Some(Format::Plain),
        language: vec![("en".to_owned(), LanguageReason::CommandLine)],
        ..ReadOptions::default()
    };
    let documents = read_document(&Source::from_text("a.txt", text), SourceId(0), &options);
    let found = super::read(&documents[0], Language::of(Some("en")), &[]);
    assert!(found.numbers.is_empty(), "{:?}", found.numbers);
    found.identifiers.iter().map(|found| documents[0].text[found.range.clone()].to_owned()).collect()
}

/// Reads texts of languages and compares what is read.
fn check(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(tag, text, wanted)| (text, wanted, shown(tag, text)))
        .filter(|(_, wanted, found)| found != *wanted)
        .map(|(text, wanted, found)| format!("{text}\n  wanted {wanted}\n  found  {found}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn english() {
    check(&[
        ("en", "We sold 1,000 of them and 12.5 more.", "1000; 12.5"),
        ("en", "It cost US$4.5 million, or 3 million euros.", "4500000 USD; 3000000 EUR"),
        ("en", "about $5bn and £20m", "5000000000 USD~; 20000000 GBP~"),
        ("en", "the thirteenth (13th) session", "(13.); 13."),
        ("en", "Sixty per cent, 60% and 60 percent", "(60%); 60%; 60%"),
        ("en", "twenty-one people, one hundred and five trees", "(21); (105)"),
        ("en", "one point four million people", "(1400000)"),
        (
            "en",
            "a 24-hour day of 3–5 km, 10 to 20 kilometres",
            "24 hour; 3 kilometer; 5 kilometer; 10 kilometer; 20 kilometer",
        ),
        ("en", "We use Windows 10 and Article 5", "10 label; 5 label"),
        ("en", "half of it, 1/2 cup, 2½ cups, 3/4", "(0.5); 0.5; 2.5; 0.75"),
        ("en", "at 5 °C or 40°F, CHF5 and EUR 10", "5 celsius; 40 fahrenheit; 5 CHF; 10 EUR"),
        ("en", "World War II and Louis XIV", "2 label; 14 label"),
        ("en", "1,00,0 people and 2,5 million", "1000 Malformed; 2500000 Decimal"),
        ("en", "the 5–10 million who came", "5|5000000; 10000000"),
    ]);
}

#[test]
fn what_is_no_number() {
    assert_eq!(identifiers("COVID-19, A/67/1, S/RES/1325 and H1N1"), ["COVID-19", "A/67/1", "S/RES/1325", "H1N1"]);
    assert_eq!(identifiers("version 0.20.1 on 2FA, agent 007"), ["0.20.1", "2FA", "007"]);
    assert_eq!(
        identifiers("Call +1 613-555-0100 or (613) 555-0100 or 01 42 34 56 78."),
        ["+1 613-555-0100", "(613) 555-0100", "01 42 34 56 78"]
    );
    assert_eq!(identifiers("won 3-2, open 24/7, ratio 4:3"), ["3-2", "24/7", "4:3"]);
    assert!(identifiers("4. An item\n\n(5) Another [6]").is_empty());
    assert!(identifiers("tension on the phone, often attention").is_empty());
}

#[test]
fn other_languages() {
    check(&[
        ("fr", "1 000 personnes, 1,2 milliard d’euros et 4,5 %", "1000; 1200000000 EUR; 4.5%"),
        ("fr", "quatre-vingt-dix pays, 12 M€, la 20e session", "(90); 12000000 EUR; 20."),
        ("fr", "la 2ème et la 1ère", "2.; 1."),
        ("de", "1.000 Menschen, 3,5 Millionen Euro, einundzwanzig", "1000; 3500000 EUR; (21)"),
        ("de-CH", "1’000 Franken und 2.5 Prozent", "1000 CHF~; 2.5%"),
        ("es", "veintiún países, 3 millones de dólares, 1.500", "(21); 3000000 USD~; 1500"),
        ("es", "un billón de euros; 5 mil millones", "(1000000000000 EUR); 5000000000"),
        ("pt", "trinta e dois países e 1,5 milhão", "(32); 1500000"),
        ("it", "ventidue paesi e 2 milioni di euro", "(22); 2000000 EUR"),
        ("ru", "21 000 человек, три страны", "21000; (3)"),
        ("ru", "1,5 млн рублей, в 2012 г.", "1500000 RUB~; 2012"),
        ("de", "1,5 Mio. Euro, 3 Mrd. Euro", "1500000 EUR; 3000000000 EUR"),
        ("da", "1,5 mio. kr.", "1500000 DKK"),
        ("en", "The five won 3 medals", "(5); 3"),
        ("de", "zwei Drittel der Orte", "(2/3)"),
        ("fr", "les deux tiers de 90, septante, nonante-neuf", "(2/3); 90; (70); (99)"),
        ("es", "dos tercios", "(2/3)"),
        ("ja", "参加者は3万人、二十か国、１２％", "30000; (20); 12%"),
        ("zh", "共有4.5亿人", "450000000"),
        ("ar", "١٬٢٣٤ شخصا و٥٫٥٪", "1234; 5.5%"),
        ("fr", "120,000 visiteurs", "120|?120000"),
    ]);
}

#[test]
fn parts_and_what_the_rules_do_not_write() {
    check(&[
        ("en", "half a million, one and a half, 1 1/2, half of them", "(500000); (1.5); 1.5; (0.5)"),
        ("en", "a third of them, a third meeting", "(1/3); (3.)"),
        (
            "de",
            "anderthalb Jahre, hundertfünfzig Orte, tausend Orte, 5 Tsd. Euro",
            "(1.5 year); (150); (1000); 5000 EUR",
        ),
        ("fr", "la moitié, le XXIe siècle, le IIe forum", "(0.5); 21.; 2."),
        ("ru", "половина, полтора миллиона", "(0.5); (1500000)"),
        ("zh", "三分之二，一半，3万亿元", "(2/3); (0.5); 3000000000000 CNY~"),
        ("ja", "1億2000万円、5千人、3分の1", "120000000 JPY; 5000; 1/3"),
        ("ko", "1억 2000만 원, 3분의 1", "120000000 KRW~; 1/3"),
        ("en", "5 USD, −5 °C, from 2 -10", "5 USD; -5|5 celsius; 2; 10"),
        ("en", "between 5 and 10% of the MMXII", "5%; 10%; 2012 label"),
    ]);
}

#[test]
fn postcodes_are_no_numbers() {
    let codes =
        identifiers("Harbour Office, K1A 0B1 Orle; 12 Hill Road, SW1A 1AA; Tarn, CA 90210".replace("12 ", "").as_str());
    assert_eq!(codes, ["K1A", "0B1", "SW1A", "1AA", "90210"]);
    check(&[
        ("fr", "rue Haute, 75001 Orle", ""),
        ("de", "Hafenamt, 10115 Orle", ""),
        ("fr", "75001 personnes", "75001"),
    ]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// Whatever the text, ranges lie on its characters, in order, and figures inside their mention.
    #[test]
    fn any_text_is_read(
        text in "([0-9٣３½€$£%°#+()\\[\\]/.,:;’'\u{A0}\u{202F}\u{AD}–-]|three |hundred |millions? |Kč|d’|万|十|é|ß|ال|\u{301}|\n| |a|V|I|X){0,60}",
        tag in "en|fr|de|ru|ja|ar",
    ) {
        let options = ReadOptions {
            format: Some(Format::Plain),
            language: vec![(tag.clone(), LanguageReason::CommandLine)],
            ..ReadOptions::default()
        };
        for document in read_document(&Source::from_text("a.txt", text.as_str()), SourceId(0), &options) {
            let found = super::read(&document, Language::of(Some(&tag)), &[]);
            let mut last = 0;
            for number in &found.numbers {
                proptest::prop_assert!(document.text.get(number.range.clone()).is_some());
                proptest::prop_assert!(document.text.get(number.figure.clone()).is_some());
                proptest::prop_assert!(number.range.start <= number.figure.start && number.figure.end <= number.range.end);
                proptest::prop_assert!(!number.values.is_empty() && last <= number.figure.start);
                last = number.figure.end;
            }
            for identifier in &found.identifiers {
                proptest::prop_assert!(document.text.get(identifier.range.clone()).is_some());
            }
        }
    }
}

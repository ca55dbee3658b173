//! Dates and times as releases write them, and what only looks like them.

use super::*;

/// Every mention as its words and what they say.
fn said(tag: &str, text: &str) -> Vec<String> {
    let shown = |point: &Point| {
        let day = point
            .weekday
            .map(|day| format!("{day:?} ").chars().take(3).chain([' ']).collect::<String>())
            .unwrap_or_default();
        match point.value {
            Value::Date(Partial { year, month, day: number }) => {
                let part = |part: Option<String>| part.unwrap_or_else(|| "?".into());
                let mut text = part(year.map(|year| year.to_string()));
                if month.is_some() {
                    text += &format!("-{:02}", month.unwrap_or(0));
                }
                if number.is_some() {
                    text += &format!("-{:02}", number.unwrap_or(0));
                }
                day + &text
            }
            value => format!("{value:?}"),
        }
    };
    let read = read_text(text, Some(tag));
    let mentions = read.dates.iter().map(|mention| {
        let points: Vec<String> = mention.points.iter().map(shown).collect();
        let joint = if matches!(mention.form, Form::Range { .. }) { "/" } else { "+" };
        format!("{}: {}", &text[mention.range.clone()], points.join(joint))
    });
    mentions.collect()
}

#[test]
fn english() {
    for (text, expected) in [
        ("on Monday, 9 July 2012, in", "Monday, 9 July 2012: Mon 2012-07-09"),
        ("July 9th, 2012", "July 9th, 2012: 2012-07-09"),
        ("the 9th of July", "9th of July: ?-07-09"),
        ("between July 2 -10, 2012, in", "July 2 -10, 2012: 2012-07-02/2012-07-10"),
        ("18 June – 6 July 2012", "18 June – 6 July 2012: 2012-06-18/2012-07-06"),
        ("from 28 December to 3 January 2013", "28 December to 3 January 2013: 2012-12-28/2013-01-03"),
        ("2–10 July", "2–10 July: ?-07-02/?-07-10"),
        ("8, 9 and 10 July", "8, 9 and 10 July: ?-07-08+?-07-09+?-07-10"),
        ("30 June and 2 July 2012", "30 June and 2 July 2012: 2012-06-30+2012-07-02"),
        ("In July 2012 we", "July 2012: 2012-07"),
        ("In July 14 people came", "July: ?-07"),
        ("On July 9, 12 people came", "July 9: ?-07-09"),
        ("since 2009", "2009: 2009"),
        ("between 1970 and 1980", "1970 and 1980: 1970/1980"),
        ("2009–2012", "2009–2012: 2009/2012"),
        ("Tue, 11 April 2014 11:00:00 -0500", "Tue, 11 April 2014: Tue 2014-04-11"),
        ("_(Update 03-Nov-2020)_", "03-Nov-2020: 2020-11-03"),
        ("2012-07-09", "2012-07-09: 2012-07-09"),
        ("Sept. 3, 2012", "Sept. 3, 2012: 2012-09-03"),
        ("31 April 2012", "31 April 2012: 2012-04-31"),
        ("from May to July 2012", "May to July 2012: 2012-05/2012-07"),
        ("Monday August 8th 2023", "Monday August 8th 2023: Mon 2023-08-08"),
        ("It took place on Saturday 9 July (Geneva)", "Saturday 9 July: Sat ?-07-09"),
        ("summer of 2012", "summer of 2012: Season { season: 1, year: Some(2012) }"),
        ("the 1990s", "1990s: Decade(1990)"),
        ("in the first quarter of 2012", "first quarter of 2012: Quarter { quarter: 1, year: Some(2012) }"),
        ("He came yesterday", "yesterday: Relative(Days(-1))"),
        ("next Monday", "Monday: Relative(Weekday(Monday, Some(1)))"),
    ] {
        assert_eq!(said("en", text), [expected], "{text}");
    }
}

#[test]
fn what_is_no_date() {
    for text in [
        "A/67/1, version 1.2.2012.4, 10.0.4 and CVE-2020-8287",
        "Vim 9.1.1706, salt 2019.2.0 and 2019.12.4.",
        "They may march. You may 2 times. The match ended 3-2, then 10/12.",
        "Call +41 22 807 1444 or 555-2012-0909.",
        "Friday 13th is unlucky",
        "2,012 people and 2012 sheep",
        "open Monday to Friday",
        "We march 12 miles; sun 5",
    ] {
        assert_eq!(said("en", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn many_languages() {
    for (tag, text, expected) in [
        ("fr", "le lundi 9 juillet 2012", "lundi 9 juillet 2012: Mon 2012-07-09"),
        ("fr", "le 1er juillet", "1er juillet: ?-07-01"),
        ("fr", "du 18 juin au 6 juillet 2012", "18 juin au 6 juillet 2012: 2012-06-18/2012-07-06"),
        ("fr", "18 Juin - 6 Juillet 2012", "18 Juin - 6 Juillet 2012: 2012-06-18/2012-07-06"),
        ("fr", "du samedi 8 au dimanche 9 juillet", "samedi 8 au dimanche 9 juillet: Sat ?-07-08/Sun ?-07-09"),
        ("fr", "le 3 janv. 2012", "3 janv. 2012: 2012-01-03"),
        ("fr-CA", "le 3 juill. 2012", "3 juill. 2012: 2012-07-03"),
        ("fr", "09/07/2012", "09/07/2012: 2012-07-09"),
        ("fr", "dans les années 1990", "1990: Decade(1990)"),
        ("es", "el lunes, 9 de julio de 2012", "lunes, 9 de julio de 2012: Mon 2012-07-09"),
        ("es", "del 18 de junio al 6 de julio de 2012", "18 de junio al 6 de julio de 2012: 2012-06-18/2012-07-06"),
        ("es", "del 8 al 12 de julio", "8 al 12 de julio: ?-07-08/?-07-12"),
        ("de", "am Montag, dem 9. Juli 2012", "Montag, dem 9. Juli 2012: Mon 2012-07-09"),
        ("de", "8.–12. Juli", "8.–12. Juli: ?-07-08/?-07-12"),
        ("de", "am 9. Jänner 2012", "9. Jänner 2012: 2012-01-09"),
        ("de", "vom 18. Juni bis zum 6. Juli 2012", "18. Juni bis zum 6. Juli 2012: 2012-06-18/2012-07-06"),
        ("de", "09.07.2012", "09.07.2012: 2012-07-09"),
        ("it", "il 9 luglio", "9 luglio: ?-07-09"),
        ("pt", "9 de julho de 2012", "9 de julho de 2012: 2012-07-09"),
        ("pt", "segunda-feira, 9 de julho de 2012", "segunda-feira, 9 de julho de 2012: Mon 2012-07-09"),
        ("ru", "9 июля 2012 г.", "9 июля 2012: 2012-07-09"),
        ("ru", "Июль 2012", "Июль 2012: 2012-07"),
        ("ar", "٩ يوليو ٢٠١٢", "٩ يوليو ٢٠١٢: 2012-07-09"),
        ("zh", "于2012年7月9日（星期一）举行", "2012年7月9日（星期一: Mon 2012-07-09"),
        ("zh", "2012年7月8日至12日", "2012年7月8日至12日: 2012-07-08/2012-07-12"),
        ("ja", "2012年7月9日", "2012年7月9日: 2012-07-09"),
        ("ko", "2012년 7월 9일", "2012년 7월 9일: 2012-07-09"),
        ("hu", "2012. július 9., hétfő", "2012. július 9., hétfő: Mon 2012-07-09"),
        ("sv", "den 9 juli 2012", "9 juli 2012: 2012-07-09"),
        ("pl", "9 lipca 2012", "9 lipca 2012: 2012-07-09"),
        ("nl", "9 juli 2012", "9 juli 2012: 2012-07-09"),
        ("da", "den 9. juli 2012", "9. juli 2012: 2012-07-09"),
        ("he", "9 ביולי 2012", "9 ביולי 2012: 2012-07-09"),
        ("ru", "в июле 2012 г.", "июле 2012: 2012-07"),
        ("pl", "w lipcu 2012 r.", "lipcu 2012: 2012-07"),
        ("pt", "1.º de julho", "1.º de julho: ?-07-01"),
        ("ja", "令和6年7月9日", "令和6年7月9日: 2024-07-09"),
        ("zh", "2012年第二季度", "2012年第二季度: Quarter { quarter: 2, year: Some(2012) }"),
        ("ko", "2012년 2분기", "2012년 2분기: Quarter { quarter: 2, year: Some(2012) }"),
        ("fr", "au deuxième trimestre 2012", "deuxième trimestre 2012: Quarter { quarter: 2, year: Some(2012) }"),
        ("ja", "7月8、9日", "7月8、9日: ?-07-08+?-07-09"),
        ("zh", "7月8日、9日和10日", "7月8日、9日和10日: ?-07-08+?-07-09+?-07-10"),
        ("ko", "7월 8~12일", "7월 8~12일: ?-07-08/?-07-12"),
        ("th", "9 กรกฎาคม 2555", "9 กรกฎาคม 2555: 2012-07-09"),
    ] {
        assert_eq!(said(tag, text), [expected], "{tag} {text}");
    }
}

#[test]
fn times() {
    let times = |tag: &str, text: &str| -> Vec<String> {
        let shown = |time: &Time| {
            let zone = time.zone.as_ref().map(|zone| format!(" {} {:?}", zone.name, zone.offset)).unwrap_or_default();
            format!("{}: {}:{:02}{zone}", &text[time.range.clone()], time.hour, time.minute)
        };
        read_text(text, Some(tag)).times.iter().map(shown).collect()
    };
    for (tag, text, expected) in [
        ("en", "at 2:30 p.m. EST on", "2:30 p.m. EST: 14:30 EST Some(-300)"),
        ("en", "at 12 a.m.", "12 a.m.: 0:00"),
        ("en", "at 5pm today", "5pm: 17:00"),
        ("en", "2012-07-09T14:00:23Z", "14:00:23Z: 14:00 Z Some(0)"),
        ("en", "15:00 UTC+2", "15:00 UTC+2: 15:00 UTC+2 Some(120)"),
        ("en", "11 April 2014 11:00:00 -0500", "11:00:00 -0500: 11:00 -0500 Some(-300)"),
        ("fr", "à 14 h 30, heure", "14 h 30: 14:30"),
        ("fr", "à 14h30", "14h30: 14:30"),
        ("de", "um 14.30 Uhr", "14.30 Uhr: 14:30"),
        ("es", "a las 14 horas", "14 horas: 14:00"),
        ("fr", "à 14 heures", "14 heures: 14:00"),
        ("sv", "kl. 14.30", "14.30: 14:30"),
        ("ja", "午後3時", "午後3時: 15:00"),
        ("ja", "15時30分", "15時30分: 15:30"),
        ("zh", "下午3点", "下午3点: 15:00"),
        ("ko", "오후 3시", "오후 3시: 15:00"),
        ("en", "at noon GMT", "noon GMT: 12:00 GMT Some(0)"),
    ] {
        assert_eq!(times(tag, text), [expected], "{text}");
    }
    for (tag, text, first, second) in [
        ("fr", "de 9 h à 16 h", "9 h: 9:00", "16 h: 16:00"),
        ("fr", "de 9 à 16 h", "9: 9:00", "16 h: 16:00"),
        ("fr", "entre 9 h 30 et 16 h", "9 h 30: 9:30", "16 h: 16:00"),
        ("en", "from 9 to 5 pm", "9: 9:00", "5 pm: 17:00"),
        ("en", "9–11 p.m. GMT", "9: 21:00", "11 p.m. GMT: 23:00 GMT Some(0)"),
        ("en", "9:30 to noon", "9:30: 9:30", "noon: 12:00"),
        ("en", "between 9 and 11 a.m.", "9: 9:00", "11 a.m.: 11:00"),
        ("de", "9-16 Uhr", "9: 9:00", "16 Uhr: 16:00"),
        ("de", "von 9.30 bis 16 Uhr", "9.30: 9:30", "16 Uhr: 16:00"),
        ("es", "de 9:00 a 17:00", "9:00: 9:00", "17:00: 17:00"),
    ] {
        assert_eq!(times(tag, text), [first, second], "{text}");
    }
    assert!(times("de", "um 9 am Montag").is_empty());
    assert!(times("en", "from 9 to 5, and 3 and 5 pm").len() == 1);
    assert!(times("en", "16:9, 3:2, 1:23:456:7, 24 hours and 12.30").is_empty());
    assert!(times("fr", "pendant 24 heures").is_empty());
    assert!(times("ja", "3時間").is_empty() && times("zh", "3点建议").is_empty());
}

proptest::proptest! {
    /// No text makes the reader panic, and every place it names lies in the text on the boundaries of characters.
    #[test]
    fn any_text_can_be_read(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..14),
        tag in proptest::sample::select(&["en", "fr", "de", "es", "hu", "zh", "ja", "ko", "th", "ar", "he", "ru", "lv", "xx"][..]),
    ) {
        let text = pieces.concat();
        let read = read_text(&text, Some(tag));
        for mention in &read.dates {
            proptest::prop_assert!(text.get(mention.range.clone()).is_some());
            for point in &mention.points {
                let Spans { weekday, day, month, year } = point.spans.clone();
                let parts = [Some(point.range.clone()), weekday, day, month, year];
                proptest::prop_assert!(parts.into_iter().flatten().all(|range| text.get(range).is_some()));
            }
        }
        proptest::prop_assert!(read.times.iter().all(|time| text.get(time.range.clone()).is_some()));
    }
}

/// What texts are put together from for [`any_text_can_be_read`].
const PIECES: &[&str] = &[
    " ",
    " ",
    " ",
    ".",
    ", ",
    "-",
    "–",
    "/",
    ":",
    "T",
    "h",
    "(",
    "）",
    "\u{A0}",
    "é",
    "１",
    "٩",
    "年",
    "月",
    "日",
    "월",
    "9",
    "09",
    "12",
    "31",
    "45",
    "2012",
    "1990",
    "2555",
    "July",
    "may",
    "Sept.",
    "juillet",
    "Juli",
    "julio",
    "július",
    "يوليو",
    "июля",
    "กรกฎาคม",
    "gada",
    "de",
    "of",
    "to",
    "au",
    "between",
    "from",
    "on",
    "and",
    "Monday",
    "lundi",
    "sat",
    "Mo.",
    "st",
    "er",
    "º",
    "s",
    "'s",
    "am",
    "p.m.",
    "Uhr",
    "EST",
    "+02:00",
    "UTC-5",
    "Z",
    "%",
    "x",
];

#[test]
fn forms_of_many_languages() {
    for (tag, text, expected) in [
        ("en", "Jan-Mar 2012", "Jan-Mar 2012: 2012-01/2012-03"),
        ("fr", "janv.-mars 2012", "janv.-mars 2012: 2012-01/2012-03"),
        ("de", "am 8./9. Juli 2012", "8./9. Juli 2012: 2012-07-08+2012-07-09"),
        ("de", "am 09.07.12 in Version 10.04.12", "09.07.12: 2012-07-09"),
        ("en", "in 2010, 2011 and 2012", "2010, 2011 and 2012: 2010+2011+2012"),
        ("en", "in 2010, 2011 and 2012 people", "2010: 2010"),
        ("en", "the '90s, in the 90s, the 1990s", "'90s: Decade(1990) 1990s: Decade(1990)"),
        ("fr", "les années 90", "90: Decade(1990)"),
        ("de", "die 90er Jahre, die 90er", "90er: Decade(1990)"),
        ("it", "gli anni ’80", "’80: Decade(1980)"),
        ("ru", "1990-е годы", "1990-е: Decade(1990)"),
        ("ja", "1990年代に、2012年夏に", "1990年代: Decade(1990) 2012年夏: Season { season: 1, year: Some(2012) }"),
        ("zh", "20世纪90年代", "20世纪90年代: Decade(1990)"),
        ("ko", "1990년대", "1990년대: Decade(1990)"),
        ("zh", "二〇一二年七月九日，二十一日，三年", "二〇一二年七月九日: 2012-07-09"),
        ("ja", "令和元年五月三十一日", "令和元年五月三十一日: 2019-05-31"),
        ("ru", "третий квартал 2012 года", "третий квартал 2012: Quarter { quarter: 3, year: Some(2012) }"),
        ("fr", "l'année prochaine", "l'année prochaine: Relative(Years(1))"),
        // What only looks like them.
        ("es", "por la mañana", ""),
        ("de", "am Morgen, heute Morgen", "heute: Relative(Days(0))"),
        ("ar", "في اليوم الأخير، اليوم العالمي للبحار", ""),
        ("ar", "اليوم الاثنين", "اليوم: Relative(Days(0)) الاثنين: Relative(Weekday(Monday, None))"),
        ("en", "June Carter spoke", ""),
    ] {
        assert_eq!(said(tag, text).join(" "), expected, "{tag} {text}");
    }
}

#[test]
fn hours_of_many_languages() {
    for (tag, text, expected) in [
        ("fr", "à 9 heures 30", "09:30"),
        ("de", "um 14 Uhr 30 MESZ", "14:30 MESZ"),
        ("de", "von 9 bis 16 Uhr", "09:00– 16:00"),
        ("es", "de las 9 de la mañana a las 14:30", "09:00– 14:30"),
        ("es", "a las 14:30, a las 16:00", "14:30 16:00"),
        ("it", "dalle 9 alle 17, alle ore 14", "09:00– 17:00 14:00"),
        ("it", "dalle 14 persone", ""),
        ("sv", "kl. 14, kl. 9–16", "14:00 09:00– 16:00"),
        ("pl", "o godz. 14.30", "14:30"),
        ("ru", "с 9 до 17 часов, в 9 утра", "09:00– 17:00 09:00"),
        ("ja", "正午に", "12:00"),
    ] {
        let read = read_text(text, Some(tag));
        let shown = |time: &Time| {
            let zone = time.zone.as_ref().map_or(String::new(), |zone| format!(" {}", zone.name));
            format!("{:02}:{:02}{zone}{}", time.hour, time.minute, if time.joint.is_some() { "–" } else { "" })
        };
        assert_eq!(read.times.iter().map(shown).collect::<Vec<_>>().join(" "), expected, "{tag} {text}");
    }
}

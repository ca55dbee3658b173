//! Tests of matching: what is a mention, what is nearly one, and what is left alone.

use super::*;

const REGISTER: &str = r#"
[[organisation]]
id = "league"
name = { en = "League of Nations of the Coast", fr = "Ligue des nations côtières" }
accepted = { fr = ["Nations côtières"] }
acronym = { en = "LNC", fr = "LNC" }
[[organisation]]
id = "council"
name = { en = "Coastal Fishing Rights Council", fr = "Conseil des droits de la pêche des Nations côtières" }
accepted = { fr = ["Conseil des droits de la pêche"] }
[[organisation]]
id = "ocd"
name = { en = "Organisation for Coastal Co-operation and Development" }
accepted = { en = ["the Organisation"] }
acronym = "OC"
[[person]]
name = "Martha St. Clair"
family = "St. Clair"
rejected = ["Martha Sinclair"]
[[person]]
name = "Ursula van der Quill"
[[person]]
name = "Łukasz Żółkiewski"
[[work]]
title = { en = "The protection, mending and enjoyment of the quays of the coast" }
[[term]]
name = { en = "public mooring issues pertaining to the coast" }
rejected = { en = "moorage right" }
"#;

fn register() -> Register {
    let source = Source::from_text("register.toml", REGISTER);
    let (register, problems) = Register::read([(SourceId(0), &source)]);
    assert!(problems.is_empty(), "{problems:?}");
    register
}

fn shown(text: &str) -> (Vec<String>, Vec<String>) {
    let register = register();
    let mentions = register.mentions(text);
    let hits = mentions.hits.iter().map(|hit| {
        let form = register.form(hit.forms[0]);
        format!("{} = {} {:?} {:?}", &text[hit.range.clone()], form.text, form.kind, hit.agreement)
    });
    let near = mentions.near.iter().map(|near| {
        let difference = match &near.difference {
            Difference::Changed(range) => format!("Changed {}", &text[range.clone()]),
            other => format!("{other:?}"),
        };
        format!("{} ~ {} {difference}", &text[near.range.clone()], register.form(near.form).text)
    });
    (hits.collect(), near.collect())
}

fn near(text: &str) -> Vec<String> {
    shown(text).1
}

#[test]
fn forms_are_found_through_elision_possessive_and_spaces() {
    let (hits, near) = shown("Martha St. Clair’s text, and l'Organisation. St.\u{a0}Clair of the LNC; une lnc.");
    assert_eq!(
        hits,
        [
            "Martha St. Clair = Martha St. Clair Preferred Exact",
            "St.\u{a0}Clair = St. Clair Family Exact",
            "LNC = LNC Acronym Exact"
        ]
    );
    assert!(near.is_empty(), "{near:?}");
}

#[test]
fn spacing_diacritics_and_particles_are_seen() {
    assert_eq!(shown("Martha St.Clair").0, ["Martha St.Clair = Martha St. Clair Preferred Punctuation"]);
    assert_eq!(shown("Lukasz Zolkiewski").0, ["Lukasz Zolkiewski = Łukasz Żółkiewski Preferred Diacritics"]);
    assert_eq!(shown("Ursula Quill spoke").0, ["Ursula Quill = Ursula van der Quill Preferred Particle"]);
    assert_eq!(shown("Martha Saint Clair").0, ["Martha Saint Clair = Martha St. Clair Preferred Particle"]);
    assert_eq!(shown("Martha Sinclair").0, ["Martha Sinclair = Martha Sinclair Rejected Exact"]);
    assert_eq!(shown("MARTHA ST. CLAIR").0, ["MARTHA ST. CLAIR = Martha St. Clair Preferred Raised"]);
}

#[test]
fn near_names_are_found() {
    assert_eq!(near("said Marta St. Clair of"), ["Marta St. Clair ~ Martha St. Clair Letters"]);
    assert_eq!(near("said St. Clair Martha of"), ["St. Clair Martha ~ Martha St. Clair Order"]);
    assert_eq!(near("said Ursula van der Qiull of"), ["Ursula van der Qiull ~ Ursula van der Quill Letters"]);
}

#[test]
fn altered_official_names_and_titles_are_found() {
    let respelt = "The Organization for Coastal Cooperation and Development (OC)";
    assert_eq!(
        near(respelt),
        [
            "Organization for Coastal Cooperation and Development ~ Organisation for Coastal Co-operation and Development Letters"
        ]
    );
    assert_eq!(
        near("session des Nations côtières Conseil des droits de la pêche tenue"),
        ["Nations côtières Conseil des droits de la pêche ~ Conseil des droits de la pêche des Nations côtières Order"]
    );
    assert_eq!(
        near("Le Conseil des droits a parlé"),
        ["Conseil des droits ~ Conseil des droits de la pêche des Nations côtières Truncated"]
    );
    assert_eq!(near("Le Conseil des droits fondamentaux"), Vec::<String>::new());
    let work = near("on the “protection, repair and enjoyment of the quays of the coast”");
    assert_eq!(
        work,
        [
            "protection, repair and enjoyment of the quays of the coast ~ The protection, mending and enjoyment of the quays of the coast Changed repair"
        ]
    );
    assert_eq!(
        near("that public issues pertaining to the coast are"),
        ["public issues pertaining to the coast ~ public mooring issues pertaining to the coast Missing(\"mooring\")"]
    );
    assert_eq!(near("mooring issues pertaining to the coast"), Vec::<String>::new());
    assert_eq!(
        shown("“protection, mending, and enjoyment of the quays of the coast”").0,
        [
            "protection, mending, and enjoyment of the quays of the coast = The protection, mending and enjoyment of the quays of the coast Preferred Punctuation"
        ]
    );
}

#[test]
fn other_people_are_left_alone() {
    for text in ["Clara Quill", "Martha Clark", "the sinclair", "Mark Clair", "St. Clare", "Ursula Quilt"] {
        assert_eq!(shown(text), (vec![], vec![]), "{text}");
    }
}

#[test]
fn a_name_that_stands_beside_itself_has_no_word_too_many() {
    assert_eq!(near("heard St. Clair Martha and Martha St. Clair."), ["St. Clair Martha ~ Martha St. Clair Order"]);
    assert_eq!(near("Martha Jane St. Clair"), Vec::<String>::new());
}

#[test]
fn a_short_form_with_its_article_is_no_beginning_of_a_longer_form() {
    let (hits, near) = shown("The Organisation for Coastal Co-operation and Development met; the Organisation voted.");
    let official = "Organisation for Coastal Co-operation and Development";
    assert_eq!(
        hits,
        [
            format!("{official} = {official} Preferred Exact"),
            "the Organisation = the Organisation Accepted Exact".to_owned()
        ]
    );
    assert!(near.is_empty(), "{near:?}");
}

#[test]
fn words_beside_a_name_are_no_part_of_it() {
    for text in ["Über Łukasz Żółkiewski", "О Martha St. Clair", "Martha St. Clair á"] {
        assert_eq!(near(text), Vec::<String>::new(), "{text}");
    }
}

/// Mentions of a text in a language: names in another case are the names, and no slips in them.
#[test]
fn names_in_another_case_are_known_again() {
    const PEOPLE: &str = r#"
[[person]]
name = "Jan Nowakiewicz"
family = "Nowakiewicz"
[[person]]
name = "Anna Wysocka"
family = "Wysocka"
[[person]]
name = "Владимир Береговой"
family = "Береговой"
[[person]]
name = "Петр Причалов"
family = "Причалов"
[[person]]
name = "Petr Nábřežný"
[[person]]
name = "Ada Quill"
family = "Quill"
[[organisation]]
name = "Rada Portowa"
"#;
    let (register, problems) = Register::read([(SourceId(0), &Source::from_text("r", PEOPLE))]);
    assert!(problems.is_empty(), "{problems:?}");
    let shown = |tag: &str, text: &str| -> Vec<String> {
        let mentions = register.mentions_in(text, &crate::language::Language::of(Some(tag)).names.cases);
        let context = Context { text, language: Some(tag), day: None, declines: tag != "en" };
        for kind in EntryKind::ALL {
            assert_eq!(register.faults(&mentions, *kind, context), Vec::new(), "{text}");
        }
        let hits = mentions.hits.iter();
        hits.map(|hit| format!("{} = {}", &text[hit.range.clone()], register.form(hit.forms[0]).text)).collect()
    };
    assert_eq!(
        shown("pl", "Rozmowa Jana Nowakiewicza z Anną Wysocką; Nowakiewiczowi i Wysockiej dziękuje się."),
        [
            "Jana Nowakiewicza = Jan Nowakiewicz",
            "Anną Wysocką = Anna Wysocka",
            "Nowakiewiczowi = Nowakiewicz",
            "Wysockiej = Wysocka"
        ]
    );
    assert_eq!(shown("pl", "Posiedzenie Rady Portowej."), ["Rady Portowej = Rada Portowa"]);
    assert_eq!(shown("ru", "Слово Петра Причалова."), ["Петра Причалова = Петр Причалов"]);
    assert_eq!(shown("ru", "Встреча с Петром Причаловым."), ["Петром Причаловым = Петр Причалов"]);
    assert_eq!(shown("cs", "Projev Petra Nábřežného."), ["Petra Nábřežného = Petr Nábřežný"]);
    assert_eq!(shown("de", "Ada Quills Rede und Quills Hut."), ["Ada Quills = Ada Quill", "Quills = Quill"]);
    // A family name in another case tells of nobody by itself: it may be the name of somebody else.
    assert_eq!(shown("ru", "Так сказала Причалова."), Vec::<String>::new());
    assert_eq!(shown("en", "The Quills of Ada"), Vec::<String>::new());
}

#[test]
fn a_former_name_is_met_nearly_too() {
    const BODIES: &str = r#"
[[organisation]]
name = "Harbour Council"
[[organisation.former]]
name = "Commission of the Coastal Quays"
until = 2006-03-14
[[person]]
name = "Ada Quill"
[[person.former]]
name = "Ada Marstonbury"
until = 2006-03-14
"#;
    let (register, problems) = Register::read([(SourceId(0), &Source::from_text("r", BODIES))]);
    assert!(problems.is_empty(), "{problems:?}");
    let near = |text: &str| -> Vec<String> {
        register.mentions(text).near.iter().map(|near| register.form(near.form).text.to_string()).collect()
    };
    assert_eq!(near("The Comission of the Coastal Quays met."), ["Commission of the Coastal Quays"]);
    assert_eq!(near("So said Ada Marstonbry."), ["Ada Marstonbury"]);
    assert_eq!(near("So said Ada Marstonbury of the Commission of the Coastal Quays."), Vec::<String>::new());
}

/// What is said of a text in English that is held against these bodies.
fn of_bodies(names: &[&str], text: &str) -> Vec<String> {
    let register: String = names.iter().map(|name| format!("[[organisation]]\nname = \"{name}\"\n")).collect();
    let (register, problems) = Register::read([(SourceId(0), &Source::from_text("r", register))]);
    assert!(problems.is_empty(), "{problems:?}");
    let context = Context { text, language: Some("en"), day: None, declines: false };
    let faults = register.faults(&register.mentions(text), EntryKind::Organisation, context);
    faults.iter().map(|fault| format!("{} ~ {}", &text[fault.range.clone()], register.form(fault.form).text)).collect()
}

#[test]
fn several_words_of_a_long_name_may_be_respelt_at_once() {
    let official = "Organisation for Coastal Co-operation and Development";
    for respelt in [
        "Organization for Coastal Co-opration and Development",
        "Organization for Coastal Coperation and Development",
        "Organization of Coastal Co-operation and Developement",
        "Organisation for Costal Cooperation and Developpment",
    ] {
        let told = of_bodies(&[official], &format!("The {respelt} met."));
        assert_eq!(told, [format!("{respelt} ~ {official}")]);
    }
    let agency = "United Ports Educational, Scientific and Mooring Organization";
    let respelt = "United Ports Educatonal, Scientiffic and Mooring Organisation";
    assert_eq!(of_bodies(&[agency, "United Ports"], &format!("The {respelt} met.")), [format!("{respelt} ~ {agency}")]);
    // Too much is other, or it is not written as a name.
    for other in [
        "Organization for Coastal Culture and Development",
        "Organization for Postal Co-opration and Envelopment",
        "organization for coastal co-opration and development",
        "Organization. For Coastal Co-opration and Development",
    ] {
        assert_eq!(of_bodies(&[official], &format!("The {other} met.")), Vec::<String>::new());
    }
}

#[test]
fn bodies_of_one_family_are_told_apart() {
    let family = [
        "Coastal Court of Justice of the Eastern Ports",
        "Coastal Court of Auditors of the Eastern Ports",
        "Coastal Court of Auditors of the Western Ports",
        "Coastal Council",
        "Coastal Council of the Eastern Ports",
        "Institute for Harbour Research and Mooring Training",
        "Institutes for Harbour Researches and Mooring Training",
    ];
    for name in family {
        assert_eq!(of_bodies(&family, &format!("The {name} met.")), Vec::<String>::new());
    }
    let court = "Court of Justice of the Eastern Ports";
    assert_eq!(of_bodies(&[court], "The Court of Justice met."), [format!("Court of Justice ~ {court}")]);
    assert_eq!(of_bodies(&[court], "The Coastal Court of Justice met."), Vec::<String>::new());
    // Nor is a body of another country, of another people, or of another year a misspelt one.
    for (known, other) in [
        ("Australian Academy of Coastal Sciences", "Austrian Academy of Coastal Sciences"),
        ("National Harbour Bank of Slovakia", "National Harbour Bank of Slovenia"),
        ("National Harbour Bank of Niger", "National Harbour Bank of Nigeria"),
        ("Nigerien Academy of Coastal Sciences", "Nigerian Academy of Coastal Sciences"),
        ("World Harbour Conference 2012", "World Harbour Conference 2013"),
    ] {
        assert_eq!(of_bodies(&[known], &format!("The {other} met.")), Vec::<String>::new());
        assert_eq!(of_bodies(&[other], &format!("The {known} met.")), Vec::<String>::new());
    }
    let told = of_bodies(&["National Harbour Bank of Nigeria"], "The National Harbour Bank of Nigera met.");
    assert_eq!(told, ["National Harbour Bank of Nigera ~ National Harbour Bank of Nigeria"]);
}

#[test]
fn of_a_name_in_full_the_full_name_is_told() {
    const PEOPLE: &str = r#"
[[person]]
name = "Martha Quillfeather"
family = "Quillfeather"
"#;
    let (register, _) = Register::read([(SourceId(0), &Source::from_text("r", PEOPLE))]);
    let near = |text: &str| -> Vec<String> {
        let near = register.mentions(text).near;
        near.iter().map(|near| format!("{} ~ {}", &text[near.range.clone()], register.form(near.form).text)).collect()
    };
    assert_eq!(near("so said Marta Quilfeather of"), ["Marta Quilfeather ~ Martha Quillfeather"]);
    assert_eq!(near("so said Martha Quilfeather of"), ["Martha Quilfeather ~ Martha Quillfeather"]);
    assert_eq!(near("so said Quilfeather of"), ["Quilfeather ~ Quillfeather"]);
    assert_eq!(near("so said Ulla Quilfeather of"), ["Quilfeather ~ Quillfeather"]);
}

#[test]
fn a_name_in_another_transliteration_is_near_it() {
    const PEOPLE: &str = r#"
[[person]]
name = "Aleksandr Chernyshov"
family = "Chernyshov"
[[person]]
name = "Yuliya Aliyeva"
[[person]]
name = "Julia Alieva"
"#;
    let (register, _) = Register::read([(SourceId(0), &Source::from_text("r", PEOPLE))]);
    let near = |text: &str| -> Vec<String> {
        let near = register.mentions(text).near;
        near.iter().map(|near| format!("{} ~ {}", &text[near.range.clone()], register.form(near.form).text)).collect()
    };
    assert_eq!(near("so said Alexandr Tchernyshov of"), ["Alexandr Tchernyshov ~ Aleksandr Chernyshov"]);
    assert_eq!(near("so said Alexandr Chernyshov of"), ["Alexandr Chernyshov ~ Aleksandr Chernyshov"]);
    assert_eq!(near("so said Iuliia Aliieva of").len(), 1);
    // What is in the register is itself, and others are others.
    for text in ["said Julia Alieva of", "said Yuliya Aliyeva of", "said Ada Chernyshov of"] {
        assert_eq!(near(text), Vec::<String>::new(), "{text}");
    }
}

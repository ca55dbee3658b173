//! `structure/link`: where links point: addresses that cannot be right, and those that are not for readers.

use super::address::{Address, number_in, versions};
use crate::diagnostic::Applicability;
use crate::document::{Inline, InlineKind, OPAQUE};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/link",
    page: include_str!("link.md"),
    keys: &[
        Key::required(
            "check",
            Shape::OneOf(&["form", "host", "parameters", "text", "near-host", "own-date"]),
            "What is looked at: the form of the address; its host, against `hosts`; its parameters, against `parameters`; the text of the \
             link against its target; hosts that differ by one letter; the date in a link to the text itself.",
        ),
        Key::new(
            "hosts",
            Shape::List(&Shape::Text),
            "For `host`, hosts or parts of their names that readers cannot reach; for `text`, sites that shorten or forward addresses.",
        ),
        Key::new(
            "parameters",
            Shape::List(&Shape::Text),
            "Names of parameters, or how they begin with `*`, that follow readers.",
        ),
    ],
    build,
};

struct Link {
    check: What,
    hosts: Vec<String>,
    parameters: Vec<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Form,
    Host,
    Parameters,
    Text,
    NearHost,
    OwnDate,
}

/// A link: its place in the text, its target, and where the target is written.
struct Place<'a> {
    text: Range<usize>,
    target: &'a str,
    written: Span,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let check = match setup.table.text("check") {
        Some("host") => What::Host,
        Some("parameters") => What::Parameters,
        Some("text") => What::Text,
        Some("near-host") => What::NearHost,
        Some("own-date") => What::OwnDate,
        _ => What::Form,
    };
    let texts = |key| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Link { check, hosts: texts("hosts"), parameters: texts("parameters") }))
}

impl Check for Link {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        // An address that is written out is its own text: what stands in it is looked at, and nothing is compared.
        let written = matches!(self.check, What::Form | What::Host | What::Parameters);
        let places = reading.document.inlines.iter().filter_map(|inline| place(reading, inline, written));
        let links: Vec<Place<'_>> = places.collect();
        match self.check {
            What::NearHost => near_hosts(&links, out),
            What::OwnDate => own_date(reading, &links, out),
            _ => links.iter().for_each(|link| self.one(reading, link, out)),
        }
    }
}

fn place<'a>(reading: &'a Reading<'_>, inline: &'a Inline, written_out: bool) -> Option<Place<'a>> {
    if written_out && inline.kind == InlineKind::Address {
        let target = reading.slice(inline.range.clone());
        // “Every https:// link” names a scheme.
        let whole = target.split_once("://").is_some_and(|(_, rest)| !rest.is_empty());
        let address = whole.then(|| reading.span(inline.range.clone()));
        return address.map(|written| Place { text: inline.range.clone(), target, written });
    }
    let InlineKind::Link { target, source } = &inline.kind else { return None };
    let written = Span::new(reading.document.source, source.clone());
    Some(Place { text: inline.range.clone(), target, written })
}

impl Link {
    fn one(&self, reading: &Reading<'_>, link: &Place<'_>, out: &mut Findings<'_>) {
        // A target that a template fills in says nothing yet.
        if link.target.contains(['{', '<', OPAQUE]) {
            return;
        }
        let target = link.target.trim();
        match self.check {
            What::Form => {
                if let Some(message) = malformed(target) {
                    out.push(out.finding(link.written, message));
                }
            }
            What::Host => {
                let Some(address) = Address::of(target) else { return };
                let host = address.host.to_lowercase();
                let named = |known: &String| match known.strip_prefix('*') {
                    Some(end) => host.ends_with(end),
                    None => host == *known || host.split(['.', '-']).any(|part| part == known),
                };
                if self.hosts.iter().any(named) {
                    out.push(out.finding(link.written, format!("readers cannot reach {}", address.host)));
                }
            }
            What::Parameters => {
                let Some((start, query)) = target.split_once('?') else { return };
                let (query, fragment) = query.split_once('#').map_or((query, None), |(q, f)| (q, Some(f)));
                let follows = |part: &&str| {
                    let name = part.split('=').next().unwrap_or_default().to_lowercase();
                    self.parameters.iter().any(|known| match known.strip_suffix('*') {
                        Some(begin) => name.starts_with(begin),
                        None => name == *known,
                    })
                };
                let kept: Vec<&str> = query.split('&').filter(|part| !follows(part)).collect();
                if kept.len() == query.split('&').count() {
                    return;
                }
                let mut clean = start.to_owned();
                if !kept.is_empty() {
                    clean = format!("{clean}?{}", kept.join("&"));
                }
                if let Some(fragment) = fragment {
                    clean = format!("{clean}#{fragment}");
                }
                let finding = out.finding(link.written, "this address carries parameters that follow readers");
                let exact = reading.sources.text(link.written) == target;
                out.push(if exact {
                    finding.replace("leave them out", Applicability::Unsafe, link.written, clean)
                } else {
                    finding
                });
            }
            _ => {
                let text = reading.slice(link.text.clone());
                // What shortens or forwards an address names another host by design.
                if Address::of(target).is_some_and(|address| self.hosts.iter().any(|host| *host == address.site())) {
                    return;
                }
                if let Some(message) = disagree(text, target) {
                    let finding = out.finding(reading.span(link.text.clone()), message);
                    out.push(finding.label("says this").related(link.written, "and goes here"));
                }
            }
        }
    }
}

/// What is wrong with the form of an address.
fn malformed(target: &str) -> Option<String> {
    let lower = target.to_lowercase();
    if target.is_empty() {
        return Some("this link has no address".into());
    }
    if lower.starts_with("www.") {
        return Some("this address has no “https://” and points into the site itself".into());
    }
    for broken in [
        "http//",
        "https//",
        "http:///",
        "https:///",
        "http:/ ",
        "htp://",
        "htps://",
        "htttp",
        "http;//",
        "https;//",
        "ttps://",
        "ttp://",
    ] {
        if lower.starts_with(broken) {
            return Some(format!("“{broken}” begins no address"));
        }
    }
    for scheme in ["http:/", "https:/"] {
        if lower.strip_prefix(scheme).is_some_and(|rest| !rest.starts_with('/')) {
            return Some(format!("“{scheme}” lacks a slash"));
        }
    }
    for scheme in ["http://", "https://"] {
        let Some(rest) = lower.strip_prefix(scheme) else { continue };
        if ["http:", "https:", "http//", "https//"].iter().any(|again| rest.starts_with(again)) {
            return Some("this address begins twice".into());
        }
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let named = host.split(':').next().unwrap_or_default();
        if named.contains([' ', ',']) || named.ends_with('.') || named.starts_with('.') || named.contains("..") {
            return Some(format!("“{host}” is no host"));
        }
        if !named.contains('.') && !named.starts_with('[') && named != "localhost" {
            return Some(format!("“{host}” has no ending such as .org"));
        }
    }
    if let Some(mail) = lower.strip_prefix("mailto:") {
        let mail = mail.split('?').next().unwrap_or_default();
        let whole = mail
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.ends_with('.'));
        if !whole && !mail.is_empty() {
            return Some(format!("“{mail}” is no e-mail address"));
        }
    }
    // What ends a sentence, or a phrase, does not end an address.
    let tail = target.trim_end_matches([',', ';', '”', '»', '’']);
    (target.contains("://") && tail.len() < target.len())
        .then(|| format!("this address ends with “{}”", &target[tail.len()..]))
}

/// How the text of a link disagrees with its target.
fn disagree(text: &str, target: &str) -> Option<String> {
    let shown = text.trim();
    // Text that is an address itself.
    if let (Some(said), Some(meant)) = (Address::of(shown), Address::of(target)) {
        let same = said.site() == meant.site();
        return (!same && !shown.contains(' '))
            .then(|| format!("this link says {} and goes to {}", said.host, meant.host));
    }
    if let Some(mail) = target.strip_prefix("mailto:") {
        let mail = mail.split('?').next().unwrap_or_default();
        let address = shown.contains('@') && !shown.contains(' ') && mail.contains('@') && !mail.contains('%');
        return (address && !shown.eq_ignore_ascii_case(mail))
            .then(|| format!("this link says {shown} and writes to {mail}"));
    }
    // A version or a number of a document that the target names otherwise.
    if let ([said], [meant]) = (&versions(shown)[..], &versions(target)[..])
        && said != meant
        && said.split('.').count() == meant.split('.').count()
    {
        return Some(format!("this link says {said} and goes to {meant}"));
    }
    let (said, meant) = (number_in(shown)?, Address::last_number(target)?);
    (said != meant && said.len() == meant.len()).then(|| format!("this link says {said} and goes to {meant}"))
}

/// Reports hosts that differ by one letter from one that the text names more often.
fn near_hosts(links: &[Place<'_>], out: &mut Findings<'_>) {
    let mut sites: BTreeMap<String, Vec<&Place<'_>>> = BTreeMap::new();
    for link in links {
        if let Some(site) = Address::of(link.target).map(|address| address.site()).filter(|site| site.len() >= 8) {
            sites.entry(site).or_default().push(link);
        }
    }
    // Compared are only hosts that are named once or twice with those that are named more often.
    let common: Vec<&String> =
        sites.iter().filter(|(_, links)| links.len() >= 2).map(|(site, _)| site).take(200).collect();
    for (site, links) in sites.iter() {
        let near = common.iter().find(|known| {
            let times = sites.get(**known).map_or(0, Vec::len);
            times > links.len() && slip(site, known)
        });
        for link in near.iter().flat_map(|_| links) {
            let known = near.map_or("", |known| known.as_str());
            let finding = out.finding(link.written, format!("{site} looks like a slip for {known}"));
            let model = sites.get(known).and_then(|links| links.first());
            out.push(match model {
                Some(model) => finding.related(model.written, "named here"),
                None => finding,
            });
        }
    }
}

/// Whether two hosts with one ending differ by one letter that is no figure.
fn slip(a: &str, b: &str) -> bool {
    let (Some((first, end)), Some((second, other))) = (a.rsplit_once('.'), b.rsplit_once('.')) else { return false };
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    // One letter more at the end is another name far too often: a plural, a number.
    let longer = first.starts_with(second) || second.starts_with(first);
    end == other
        && !longer
        && figures(first) == 0
        && figures(second) == 0
        && strsim::damerau_levenshtein(first, second) == 1
}

/// Reports a link to the text itself, by the name of its file or folder, that has another date than the file's own. A link that names a
/// host may lead to another site with a text of the same name.
fn own_date(reading: &Reading<'_>, links: &[Place<'_>], out: &mut Findings<'_>) {
    let own: Vec<(&str, &str)> = reading.path().split('/').filter_map(dated).collect();
    for link in links.iter().filter(|link| !link.target.contains("//")) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let other = own.iter().find_map(|(date, slug)| {
            let before = link.target.trim_end_matches('/').strip_suffix(slug)?.trim_end_matches(['/', '-']);
            let start = before.char_indices().rev().nth(9)?.0;
            let written = before.get(start..)?;
            let is_date = digits(written).len() == 8 && written.split(['/', '-']).count() == 3;
            (is_date && digits(written) != digits(date)).then(|| written.to_owned())
        });
        if let Some(other) = other {
            out.push(out.finding(link.written, format!("this link to the text itself has another date, {other}")));
        }
    }
}

/// Date and name of a file or folder such as “2026-02-26-news”.
fn dated(part: &str) -> Option<(&str, &str)> {
    let (date, rest) = (part.get(..10)?, part.get(10..)?.strip_prefix('-')?);
    let is_date =
        date.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let slug = rest.rsplit_once('.').map_or(rest, |(slug, ending)| if ending.len() <= 8 { slug } else { rest });
    (is_date && slug.len() >= 4).then_some((date, slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_cannot_be_right_are_told_from_those_that_can() {
        for wrong in [
            "",
            "www.harbour.example.org",
            "http://https://harbour.example.org",
            "https//harbour.example.org",
            "https:/harbour.example.org",
            "https://harbour",
            "https://harbour.example.org/x,",
            "mailto:office",
        ] {
            assert!(malformed(wrong).is_some(), "{wrong}");
        }
        for right in [
            "https://harbour.example.org",
            "/map",
            "#top",
            "mailto:office@harbour.example.org",
            "https://web.example.org/web/2012/https://harbour.example.org/",
            "http://localhost:80/",
        ] {
            assert_eq!(malformed(right), None, "{right}");
        }
    }

    #[test]
    fn the_text_of_a_link_is_compared_with_its_target_where_both_say_the_same_kind_of_thing() {
        for (text, target) in [
            ("https://harbour.example.org", "https://river.example.com"),
            ("office@harbour.example.org", "mailto:crew@harbour.example.org"),
            ("Harbour v22.4.1", "/release/v22.3.1/"),
            ("report 30132", "https://harbour.example.org/30000"),
        ] {
            assert!(disagree(text, target).is_some(), "{text} {target}");
        }
        for (text, target) in [
            ("www.harbour.example.org", "https://harbour.example.org/start"),
            ("our plan 2012", "https://harbour.example.org/2013"),
            ("Harbour v22.4.1", "/release/v22.4.1/"),
            ("version 2.1", "/release/2.1.3"),
            ("the report", "https://harbour.example.org/30000"),
        ] {
            assert_eq!(disagree(text, target), None, "{text} {target}");
        }
    }

    #[test]
    fn hosts_and_dates() {
        assert!(slip("harbuor-town.org", "harbour-town.org") && !slip("harbour1.org", "harbour2.org"));
        assert_eq!(dated("2026-02-26-news.md"), Some(("2026-02-26", "news")));
        assert_eq!(dated("news"), None);
    }
}

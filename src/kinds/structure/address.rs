//! Web addresses as far as this family compares them.

/// A web address, of which only the host is kept.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The host as it is written, without port.
    pub host: &'a str,
}

impl<'a> Address<'a> {
    /// The address that a text is: with a scheme, or beginning with “www.”.
    pub fn of(text: &'a str) -> Option<Address<'a>> {
        let text = text.trim();
        let stripped = ["https://", "http://", "//"].iter().find_map(|scheme| {
            text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &text[scheme.len()..])
        });
        let bare =
            stripped.or_else(|| text.get(..4).filter(|start| start.eq_ignore_ascii_case("www.")).map(|_| text))?;
        let end = bare.find(['/', '?', '#']).unwrap_or(bare.len());
        let host = bare[..end].split(':').next().unwrap_or_default();
        (host.contains('.') && !host.contains(char::is_whitespace)).then_some(Address { host })
    }

    /// The part of the host that one owner has: the last two names, or three where the last but one is short, as in “co.uk”.
    pub fn site(&self) -> String {
        let host = self.host.to_lowercase();
        let names: Vec<&str> = host.split('.').collect();
        let short = names.len() > 2 && names[names.len() - 2].len() <= 3 && names[names.len() - 1].len() == 2;
        let kept = names.len().saturating_sub(if short { 3 } else { 2 });
        names[kept..].join(".")
    }

    /// The number that is the whole last part of an address's path.
    pub fn last_number(target: &str) -> Option<&str> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let last = path.trim_end_matches('/').rsplit('/').next()?;
        number(last)
    }
}

/// The one number of a document that a text names; none where it names several, or a year.
pub(super) fn number_in(text: &str) -> Option<&str> {
    let mut found = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    match (found.next(), found.next()) {
        (Some(one), None) => number(one),
        _ => None,
    }
}

/// A number of four figures or more that is no year.
fn number(text: &str) -> Option<&str> {
    let all = text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    (all && !year).then_some(text)
}

/// Numbers of versions in a text: three or more groups of figures, such as 22.4.1.
pub(super) fn versions(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|part| part.trim_matches('.'));
    parts
        .filter(|part| {
            part.split('.').count() >= 3 && part.split('.').all(|group| !group.is_empty() && group.len() <= 3)
        })
        .collect()
}

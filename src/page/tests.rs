//! The contrast of every pair of colours that pages use, by the formula of WCAG 2.2 (relative luminance, contrast ratio).

use super::*;

/// The colours of a scheme: `--name: #rrggbb`.
fn colours(css: &str) -> Vec<(String, [f64; 3])> {
    let declared = css.split("--").skip(1).filter_map(|part| part.split_once(": #"));
    let channel =
        |hex: &str, at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok().map(|v| f64::from(v) / 255.0);
    declared
        .filter_map(|(name, hex)| Some((name.to_owned(), [channel(hex, 0)?, channel(hex, 2)?, channel(hex, 4)?])))
        .collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn every_text_is_readable_on_every_ground() {
    let (light, dark) = STYLE.split_once("prefers-color-scheme: dark").expect("two schemes");
    for (scheme, css) in [("light", light), ("dark", dark.split("@media").next().expect("a scheme"))] {
        let colours = colours(css);
        let of = |name: &str| colours.iter().find(|(known, _)| known == name).expect(name).1;
        let grounds = [
            "paper",
            "wash",
            "date",
            "time",
            "figure",
            "person",
            "organisation",
            "work",
            "quotation",
            "link",
            "passage",
            "mark",
        ];
        for ground in grounds {
            for ink in ["ink", "error", "warning", "info", "faint", "ok"] {
                let (a, b) = (luminance(of(ink)), luminance(of(ground)));
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                // Running text may stand on any ground; the other inks stand on paper and wash, and numbers on every ground.
                let least = match ink {
                    "ink" => 7.0,
                    "faint" | "ok" if !["paper", "wash"].contains(&ground) => continue,
                    _ => 4.5,
                };
                assert!(ratio >= least, "{scheme}: {ink} on {ground} is {ratio:.2}, and must be {least}");
            }
        }
    }
}

#[test]
fn a_page_lets_nothing_in() {
    let mut page = Vec::new();
    open("</title><script>", "", &mut page).expect("a page");
    close(&mut page).expect("a page");
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"));
    assert!(!page.contains("@import") && !page.contains("url("), "nothing is loaded");
}

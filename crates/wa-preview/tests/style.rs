//! The style sheet: it loads nothing, and what is written can be read.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;

use wa_message::preview::style_sheet;

/// What is written on what.
const PAIRS: [(&str, &[&str]); 3] = [
    ("text", &["back", "out", "in", "aside", "frame"]),
    ("soft", &["back", "out", "in", "aside"]),
    ("accent", &["back", "out", "in"]),
];

/// The colours of a block that begins with a text.
fn colours(begin: &str) -> BTreeMap<&'static str, [f64; 3]> {
    let block = style_sheet().split_once(begin).unwrap().1.split_once('}').unwrap().0;
    let lines = block.lines().filter_map(|line| line.trim().strip_prefix("--wa-"));
    let colours = lines.filter_map(|line| {
        let (name, value) = line.trim_end_matches(';').split_once(": #")?;
        let part = |at| f64::from(u8::from_str_radix(&value[at..at + 2], 16).unwrap()) / 255.0;
        Some((name, [part(0), part(2), part(4)]))
    });
    colours.collect()
}

/// As the guidelines for accessible content define it.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] =
        colour.map(
            |part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) },
        );
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn texts_can_be_read_in_light_and_in_dark() {
    for begin in [":host {", "@media (prefers-color-scheme: dark) {\n  :root,\n  :host {"] {
        let colours = colours(begin);
        assert!(colours.len() > 8, "{colours:?}");
        for (text, backs) in PAIRS {
            for back in backs {
                let contrast = contrast(colours[text], colours[back]);
                assert!(contrast >= 4.5, "{text} on {back}: {contrast:.2} in {begin}");
            }
        }
        for back in ["back", "out", "in"] {
            assert!(contrast(colours["focus"], colours[back]) >= 3.0, "focus on {back} in {begin}");
        }
    }
}

#[test]
fn it_loads_nothing() {
    for word in ["url(", "@import", "http", "@font-face", "expression", "javascript"] {
        assert!(!style_sheet().contains(word), "{word}");
    }
}

#[test]
fn each_of_its_classes_is_ours() {
    let style = style_sheet();
    let selectors = style.lines().filter(|line| line.starts_with('.') && !line.ends_with(';'));
    for selector in selectors {
        let mut classes = selector.split('.').skip(1);
        assert!(classes.all(|class| class.starts_with("wa-")), "{selector}");
    }
}

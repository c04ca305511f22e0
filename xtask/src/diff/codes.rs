//! Codes that came, went and changed. Their enum is open, so what came breaks nobody.

use super::{About, Change};
use crate::face::{Fact, Facts};

/// The name that lists the classes, which no code can have.
const CLASSES: &str = "classes";

pub(super) fn compare(changes: &mut Vec<Change>, old: &Facts, new: &Facts) {
    let mut push = |breaks, place: String, what: String| {
        changes.push(Change::new(breaks, About::ErrorCode, &place, what));
    };
    for (name, before) in old {
        let place = place(name);
        match (name.as_str(), find(new, name)) {
            (CLASSES, now) => {
                let now = now.map_or(&[][..], Fact::items);
                for gone in before.items().iter().filter(|class| !now.contains(class)) {
                    push(true, place.clone(), format!("{gone} removed"));
                }
                for came in now.iter().filter(|class| !before.items().contains(class)) {
                    push(false, place.clone(), format!("{came} added"));
                }
            }
            (_, None) => {
                let same = new.iter().find(|(known, now)| {
                    now.get("code") == before.get("code") && find(old, known).is_none()
                });
                match same {
                    Some((now, _)) => push(true, place, format!("renamed to `{now}`")),
                    None => push(true, place, "removed".to_owned()),
                }
            }
            (_, Some(now)) if now != before => {
                for (breaks, what) in changed(before, now) {
                    push(breaks, place.clone(), what);
                }
            }
            (_, Some(_)) => {}
        }
    }
    for (name, now) in new.iter().filter(|(name, _)| find(old, name).is_none()) {
        let was = old.iter().any(|(known, before)| {
            before.get("code") == now.get("code") && find(new, known).is_none()
        });
        match name.as_str() {
            CLASSES => {}
            _ if was => {}
            _ => push(false, place(name), "added".to_owned()),
        }
    }
}

fn find<'f>(facts: &'f Facts, name: &str) -> Option<&'f Fact> {
    facts.iter().find(|(known, _)| known == name).map(|(_, fact)| fact)
}

fn place(name: &str) -> String {
    if name == CLASSES { "ErrorClass".to_owned() } else { format!("ErrorCode::{name}") }
}

/// What is said otherwise of a code. It breaks who matches on it only if the variant changes.
fn changed(old: &Fact, new: &Fact) -> Vec<(bool, String)> {
    let mut said = Vec::new();
    for keyword in ["code", "class", "advice", "throttles"] {
        let (before, now) = (old.get(keyword), new.get(keyword));
        if before == now {
            continue;
        }
        let text = |fact: Option<&Fact>| fact.map_or_else(|| "nothing".to_owned(), Fact::to_string);
        let breaks = keyword == "code" && holds_code(before) != holds_code(now);
        said.push((breaks, format!("`{keyword}` was {}, and is {}", text(before), text(now))));
    }
    said
}

/// Whether the variant holds the code, because there are several.
fn holds_code(codes: Option<&Fact>) -> bool {
    match codes.map_or(&[][..], Fact::items) {
        [Fact::Text(only)] => only.contains('-'),
        several => several.len() > 1,
    }
}

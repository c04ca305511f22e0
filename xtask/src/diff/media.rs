//! Compares files of messages: kinds, sizes and types.

use super::{About, Change, facts};
use crate::face::{Entry, Facts};

pub(super) fn compare(
    changes: &mut Vec<Change>,
    (old_facts, old): &(Facts, Vec<Entry>),
    (new_facts, new): &(Facts, Vec<Entry>),
) {
    facts::compare(changes, "files", old_facts, new_facts);
    let place = |entry: &Entry| format!("files of <{}>", entry.name);
    let lost = |old: &[Entry], new: &[Entry]| -> Vec<Entry> {
        let is_known = |entry: &&Entry| new.iter().any(|known| known.name == entry.name);
        old.iter().filter(|entry| !is_known(entry)).cloned().collect()
    };
    for (breaks, lost, what) in
        [(true, lost(old, new), "removed"), (false, lost(new, old), "added")]
    {
        for kind in lost {
            changes.push(Change::new(breaks, About::Kind, &place(&kind), what));
        }
    }
    for (old, new) in both(old, new) {
        let place = place(new);
        facts::compare(changes, &place, &old.facts, &new.facts);
        for file in lost(&old.members, &new.members) {
            let what = format!("`{}` is no longer taken", file.name);
            changes.push(Change::new(true, About::Limit, &place, what));
        }
        for file in lost(&new.members, &old.members) {
            changes.push(Change::new(
                false,
                About::Limit,
                &place,
                format!("`{}` is taken", file.name),
            ));
        }
        for (old, new) in both(&old.members, &new.members) {
            facts::compare(changes, &format!("{place}, {}", new.name), &old.facts, &new.facts);
        }
    }
}

/// Those that have a name in common.
fn both<'e>(old: &'e [Entry], new: &'e [Entry]) -> impl Iterator<Item = (&'e Entry, &'e Entry)> {
    old.iter().filter_map(|old| Some((old, new.iter().find(|new| new.name == old.name)?)))
}

//! The public face of media.

use super::model::{FileType, Kind, Tables};
use crate::face::{Entry, Fact, Facts};

/// What users see of files: what goes for all of them, and the kinds.
pub(crate) fn face(tables: &Tables) -> (Facts, Vec<Entry>) {
    let mut facts = vec![
        ("maxBytes".to_owned(), bytes(tables.most)),
        ("hosts".to_owned(), Fact::texts(tables.hosts.iter().map(String::as_str))),
    ];
    let lives = tables.lives.iter().map(|(name, seconds)| (name.clone(), bytes(*seconds)));
    facts.push(("lives".to_owned(), Fact::map(lives.collect())));
    for (name, least, most) in &tables.form.numbers {
        facts.push((name.clone(), Fact::List(vec![bytes(*least), bytes(*most)])));
    }
    let kinds = tables.kinds.iter().map(kind);
    let samples =
        Entry { name: "sample".to_owned(), members: members(&tables.samples), ..Entry::default() };
    (facts, kinds.chain([samples]).collect())
}

fn kind(kind: &Kind) -> Entry {
    let mut facts = vec![("maxBytes".to_owned(), bytes(kind.most))];
    if let Some(most) = kind.most_animated {
        facts.push(("maxBytesAnimated".to_owned(), bytes(most)));
    }
    if kind.other_types.is_some() {
        facts.push(("other-types".to_owned(), Fact::Boolean(true)));
    }
    Entry { name: kind.name.clone(), facts, members: members(&kind.types), ..Entry::default() }
}

/// The types, each with how names of such files end.
fn members(types: &[FileType]) -> Vec<Entry> {
    let members = types.iter().map(|file| {
        let extensions = Fact::texts(file.extensions.iter().map(String::as_str));
        let facts = vec![("extensions".to_owned(), extensions)];
        Entry { name: file.name.clone(), facts, ..Entry::default() }
    });
    members.collect()
}

fn bytes(count: u64) -> Fact {
    Fact::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

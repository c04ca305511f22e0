//! Slips of one letter in every name that the tables know.

use std::collections::HashSet;

use wa_message_rules::table::{Field, Object, Schema, Values};
use wa_message_spec::tables::KINDS;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A field.
    Field,
    /// A kind of message.
    Kind,
    /// A value of an enumeration or of a tag.
    Value,
}

/// A name at a place of an invocation.
#[derive(Debug, Clone)]
pub struct Word {
    /// What it is the name of.
    pub named: Named,
    /// The name.
    pub name: &'static str,
    before: String,
    after: String,
    /// Everything that is a name there.
    known: Vec<&'static str>,
}

impl Word {
    /// The invocation with something else in the place of the name.
    #[must_use]
    pub fn replaced(&self, with: &str) -> String {
        format!("[::wa_message] {}{with}{}", self.before, self.after)
    }

    /// One edit of the name that is no other name there.
    pub fn slip(&self, chance: &mut fastrand::Rng) -> String {
        let fold = |name: &str| name.to_lowercase();
        loop {
            let typo = edit(self.name, chance);
            let is_name = self.known.iter().any(|known| fold(known) == fold(&typo));
            if !is_name && typo.chars().any(|c| c != '_') {
                return typo;
            }
        }
    }
}

fn edit(name: &str, chance: &mut fastrand::Rng) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let letter =
        if name.chars().any(char::is_uppercase) { chance.uppercase() } else { chance.lowercase() };
    // A kind is an identifier, so that it does not start with a digit.
    match chance.u8(..4) {
        0 if letters.len() > 1 && !letters[1].is_ascii_digit() => {
            letters.remove(chance.usize(..letters.len()));
        }
        1 => letters.insert(chance.usize(..=letters.len()), letter),
        2 => letters[chance.usize(..name.len())] = letter,
        _ if letters.len() > 1 => {
            let at = chance.usize(..letters.len() - 1);
            letters.swap(at, at + 1);
        }
        _ => letters.push(letter),
    }
    letters.into_iter().collect()
}

/// Every name of a kind, a field and a value, each at one place.
#[must_use]
pub fn words() -> Vec<Word> {
    let kinds: Vec<_> = KINDS.iter().map(|kind| kind.name).collect();
    let mut words: Vec<_> = kinds
        .iter()
        .map(|name| Word {
            named: Named::Kind,
            name,
            before: "<".to_owned(),
            after: "> to: \"+15550100\"".to_owned(),
            known: kinds.clone(),
        })
        .collect();
    let mut seen = HashSet::new();
    for kind in KINDS {
        let mut shape = Shape::default();
        shape.add(kind.root, &mut kind.tags.iter().copied(), &mut |_| {});
        let before = format!("<{}> ", kind.name);
        shape.words(&before, "", &mut seen, &mut words);
    }
    words
}

/// The names that may be written in an object, once its tags are known.
#[derive(Debug, Default, Clone)]
struct Shape {
    fields: Vec<&'static Field>,
    known: Vec<&'static str>,
    /// The tags, as they are written.
    tags: String,
}

impl Shape {
    /// Adds an object whose tags are chosen, and tells of each other choice.
    fn add(
        &mut self,
        object: &'static Object,
        chosen: &mut dyn Iterator<Item = &'static str>,
        untold: &mut dyn FnMut(&'static Object),
    ) {
        self.known.extend(object.refused.iter().map(|refused| refused.name));
        for field in object.fields {
            self.known.push(field.name);
            self.known.extend(field.by_name.iter().map(|by_name| by_name.name));
            match field.schema {
                Schema::Object(inner) if field.lifted => self.add(inner, chosen, untold),
                _ => self.fields.push(field),
            }
        }
        let Some(tag) = object.tag else { return };
        self.known.push(tag.name);
        self.known.extend(tag.arms.iter().map(|arm| arm.value));
        match chosen.next().and_then(|value| tag.arm(value)) {
            Some(arm) => self.add(arm.object, chosen, untold),
            None => untold(object),
        }
    }

    /// The shapes that an object can have.
    fn all(object: &'static Object) -> Vec<Self> {
        let mut open = vec![Vec::new()];
        let mut shapes = Vec::new();
        while let Some(chosen) = open.pop() {
            let mut shape = Self::default();
            let mut more = None;
            shape.add(object, &mut chosen.iter().map(|(_, value)| *value), &mut |object| {
                more = more.or(object.tag);
            });
            if let Some(tag) = more {
                open.extend(tag.arms.iter().map(|arm| {
                    chosen.iter().copied().chain([(tag.name, arm.value)]).collect::<Vec<_>>()
                }));
            } else {
                let tags = chosen.iter().map(|(name, value)| format!("{name}: \"{value}\", "));
                shape.tags = tags.collect();
                shapes.push(shape);
            }
        }
        shapes
    }

    fn words(
        &self,
        before: &str,
        after: &str,
        seen: &mut HashSet<(&'static str, &'static str)>,
        words: &mut Vec<Word>,
    ) {
        let mut add = |named, name, before: String, after: String, known: Vec<&'static str>| {
            words.push(Word { named, name, before, after, known });
        };
        for field in &self.fields {
            if seen.insert((field.description, field.name)) {
                add(
                    Named::Field,
                    field.name,
                    format!("{before}{}\"", self.tags),
                    format!("\": 1{after}"),
                    self.known.clone(),
                );
                if let Schema::Text(text) = field.schema
                    && let Some(Values { names: names @ [_, _, ..], aliases, .. }) = text.values
                {
                    let known: Vec<_> = names
                        .iter()
                        .copied()
                        .chain(aliases.iter().map(|(alias, _)| *alias))
                        .collect();
                    for name in *names {
                        add(
                            Named::Value,
                            name,
                            format!("{before}{}{}: \"", self.tags, field.name),
                            format!("\"{after}"),
                            known.clone(),
                        );
                    }
                }
            }
        }
        for field in &self.fields {
            let (object, open, close) = match field.schema {
                Schema::Object(object) => (object, "{ ", " }"),
                Schema::List(list) => match list.items {
                    Schema::Object(object) => (object, "[{ ", " }]"),
                    _ => continue,
                },
                _ => continue,
            };
            // Each place once, by what it is called in the description.
            if !seen.insert((field.description, object.label)) {
                continue;
            }
            let before = format!("{before}{}{}: {open}", self.tags, field.name);
            let after = format!("{close}{after}");
            if let Some(tag) = object.tag.filter(|tag| tag.arms.len() > 1) {
                for arm in tag.arms {
                    words.push(Word {
                        named: Named::Value,
                        name: arm.value,
                        before: format!("{before}{}: \"", tag.name),
                        after: format!("\"{after}"),
                        known: tag.arms.iter().map(|arm| arm.value).collect(),
                    });
                }
            }
            for shape in Self::all(object) {
                shape.words(&before, &after, seen, words);
            }
        }
    }
}

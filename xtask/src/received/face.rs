//! The public face of what comes back.

use super::model::{Arm, Member, Object, Received, Schema, Type, Union, WithEvents};
use crate::face::{Entry, Fact, Facts};

/// What users see of the fields and the schemas.
pub(crate) fn face(received: &Received) -> (Facts, Vec<Entry>) {
    let fields = received.fields.iter();
    let fields = fields.map(|field| (field.name.clone(), text(&field.group))).collect();
    (fields, schemas(&received.schemas))
}

/// What users see of schemas.
pub(crate) fn schemas(schemas: &[Schema]) -> Vec<Entry> {
    let entries = schemas.iter().filter_map(|schema| match schema {
        Schema::Object(object) => Some(self::object(object)),
        Schema::Union(union) => Some(self::union(union)),
        Schema::Words(words) => {
            let known = words.known.iter().map(|(word, _)| word.as_str());
            let mut facts = vec![("x-open-enum".to_owned(), Fact::texts(known))];
            if !words.spellings.is_empty() {
                let spellings = words.spellings.iter();
                let spellings = spellings.map(|(spelling, word)| (spelling.clone(), text(word)));
                facts.push(("x-lenient".to_owned(), Fact::map(spellings.collect())));
            }
            if !words.rank.is_empty() {
                facts.push(("x-rank".to_owned(), texts(&words.rank)));
            }
            Some(Entry { name: words.name.clone(), facts, ..Entry::default() })
        }
        // What several members share is written down at each of them.
        Schema::Scalar => None,
    });
    entries.collect()
}

fn text(text: &str) -> Fact {
    Fact::Text(text.to_owned())
}

fn texts(texts: &[String]) -> Fact {
    Fact::texts(texts.iter().map(String::as_str))
}

fn shape(shape: &str) -> Facts {
    vec![("shape".to_owned(), text(shape)), ("answer".to_owned(), Fact::Boolean(true))]
}

fn object(object: &Object) -> Entry {
    let mut facts = shape("struct");
    if let Some(content) = &object.content {
        facts.push(("x-content".to_owned(), text(content)));
    }
    if let Some(key) = &object.key {
        facts.push(("x-event-key".to_owned(), texts(key)));
    }
    if !object.people.is_empty() {
        let people = object.people.iter().map(|person| {
            let mut names = vec![
                ("user-id".to_owned(), text(&person.user_id)),
                ("number".to_owned(), text(&person.number)),
            ];
            if let Some((member, word)) = &person.unless {
                let unless = Fact::map(vec![(member.clone(), text(word))]);
                names.push(("unless".to_owned(), unless));
            }
            Fact::map(names)
        });
        facts.push(("x-person".to_owned(), Fact::List(people.collect())));
    }
    if !object.finds.is_empty() {
        let finds = object.finds.iter().map(|find| (find.name.clone(), texts(&find.paths)));
        facts.push(("x-finds".to_owned(), Fact::map(finds.collect::<Vec<_>>())));
    }
    if let Some(file) = &object.file {
        let names =
            [("id", &file.id), ("url", &file.url), ("sha256", &file.sha256), ("type", &file.kind)];
        let names = names.map(|(what, name)| (what.to_owned(), text(name)));
        facts.push(("x-file".to_owned(), Fact::map(names.into())));
    }
    let members = object.members.iter().map(member).collect();
    Entry { name: object.name.clone(), facts, members, ..Entry::default() }
}

fn union(union: &Union) -> Entry {
    let mut facts = shape("enum");
    facts.push(("tag".to_owned(), text(&union.tag)));
    if let Some(default) = union.default.and_then(|at| union.arms.get(at)) {
        facts.push(("without-tag".to_owned(), text(&default.value)));
    }
    let arms = union.arms.iter().map(arm).collect();
    Entry { name: union.name.clone(), facts, arms, ..Entry::default() }
}

fn arm(arm: &Arm) -> Entry {
    let mut facts = Facts::new();
    if !arm.spellings.is_empty() {
        facts.push(("x-lenient".to_owned(), texts(&arm.spellings)));
    }
    let members = arm.member.iter().chain(&arm.several).map(member).collect();
    Entry { name: arm.value.clone(), facts, members, ..Entry::default() }
}

fn member(member: &Member) -> Entry {
    let mut facts = Facts::new();
    if member.required {
        facts.push(("required".to_owned(), Fact::Boolean(true)));
    }
    if member.essential {
        facts.push(("x-essential".to_owned(), Fact::Boolean(true)));
    }
    facts.push(("type".to_owned(), value(&member.value)));
    if !member.aliases.is_empty() {
        facts.push(("x-aliases".to_owned(), texts(&member.aliases)));
    }
    if let Type::List(_, true) = member.value {
        facts.push(("x-each-alone".to_owned(), Fact::Boolean(true)));
    }
    if let Some(event) = &member.event {
        facts.push(("x-event".to_owned(), text(event)));
    }
    if let Some(given) = member.with_events {
        let given = match given {
            WithEvents::Account => "account",
            WithEvents::Time => "time",
            WithEvents::Number => "number",
            WithEvents::Contact => "contact",
            WithEvents::Conversation => "conversation",
        };
        facts.push(("x-with-events".to_owned(), text(given)));
    }
    Entry { name: member.name.clone(), facts, ..Entry::default() }
}

fn value(of: &Type) -> Fact {
    match of {
        Type::Text(_) => text("string"),
        Type::Integer(_) => text("integer"),
        Type::Number(_) => text("number"),
        Type::Boolean(_) => text("boolean"),
        Type::JsonText => text("JSON in a string"),
        Type::Raw => text("any"),
        Type::Presence => text("presence"),
        Type::Words(name) | Type::Object(name) | Type::Union(name) => text(name),
        Type::List(items, _) => Fact::List(vec![value(items)]),
    }
}

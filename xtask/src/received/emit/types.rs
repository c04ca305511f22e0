//! Objects, and the Rust types of values.

use std::{collections::HashSet, fmt::Write as _};

use super::{doc, form, member};
use crate::received::{
    check,
    model::{Form, Member, Object, Received, Schema, Type},
};

pub(super) fn emit(received: &Received) -> String {
    let mut out = "//! Objects.\n\nuse std::borrow::Cow;\n\nuse super::{unions::*, words::*};\n\
                   use crate::{Item, JsonText, Raw, file::file, person::person, read::structure};\n"
        .to_owned();
    let types = Types::new(received);
    for schema in &received.schemas {
        if let Schema::Object(object) = schema {
            out.push('\n');
            structure(&mut out, &types, object);
        }
    }
    out
}

fn structure(out: &mut String, types: &Types<'_>, object: &Object) {
    out.push_str("structure! {\n");
    doc(out, 4, &object.description);
    let _ = writeln!(out, "    {} {{", types.named(&object.name));
    for item in &object.members {
        doc(out, 8, &item.description);
        let value = types.member(Some(object), item);
        let (name, form) = (member(&item.name), form(written(&item.value)));
        let _ = writeln!(
            out,
            "        {name}: {value} = {:?} {} {form}{},",
            item.name,
            item.required,
            essential(object, item)
        );
    }
    out.push_str("    }\n");
    let aliases =
        object.members.iter().enumerate().flat_map(|(at, member)| {
            member.aliases.iter().map(move |alias| format!("{alias:?} {at}"))
        });
    let aliases: Vec<_> = aliases.collect();
    if !aliases.is_empty() {
        let _ = writeln!(out, "    [{}]", aliases.join(" "));
    }
    if let Some(content) = &object.content {
        let _ = writeln!(out, "    content\n    /// What it holds.");
        let _ = writeln!(out, "    Item<'a, {}>", types.named(content));
    }
    out.push_str("}\n");
    if !object.people.is_empty() {
        let people = object.people.iter().map(|person| {
            let unless = person.unless.as_ref();
            let unless = unless.map(|(name, word)| format!(" unless {} {word:?}", member(name)));
            let (user_id, number) = (member(&person.user_id), member(&person.number));
            format!(" [{user_id} {number}{}]", unless.unwrap_or_default())
        });
        let _ = writeln!(out, "person! {{ {}{} }}", object.name, people.collect::<String>());
    }
    if let Some(file) = &object.file {
        let names = [&file.id, &file.url, &file.sha256, &file.kind].map(|name| member(name));
        let _ = writeln!(out, "file! {{ {} {} }}", object.name, names.join(" "));
    }
}

/// Marks a member that is not left out where it does not have its form. What makes two events one is such a member: without
/// it, two could be one that are not.
pub(super) fn essential(object: &Object, member: &Member) -> &'static str {
    let is_in_key = object.key.iter().flatten().any(|name| *name == member.name);
    if !member.required && (member.essential || is_in_key) { " essential" } else { "" }
}

/// The form in which a value is written.
pub(super) fn written(value: &Type) -> Form {
    match value {
        Type::Text(form) | Type::Integer(form) | Type::Number(form) | Type::Boolean(form) => *form,
        Type::List(items, _) => written(items),
        _ => Form::Own,
    }
}

/// The Rust types of values.
pub(super) struct Types<'r> {
    received: &'r Received,
    /// The names of types that borrow from the body.
    borrow: HashSet<&'r str>,
    /// The names of types that are events.
    events: HashSet<&'r str>,
}

impl<'r> Types<'r> {
    pub(super) fn new(received: &'r Received) -> Self {
        let objects = received.schemas.iter().filter_map(|schema| match schema {
            Schema::Object(object) => Some(object),
            _ => None,
        });
        let lists = objects.flat_map(|object| object.events());
        let events = lists.filter_map(|(list, _)| received.items(list)).collect();
        let mut types = Self { received, borrow: HashSet::new(), events };
        loop {
            let before = types.borrow.len();
            for schema in &received.schemas {
                let (name, borrows) = match schema {
                    Schema::Object(object) => {
                        let members = object.members.iter();
                        let any = members.clone().any(|member| types.borrows(&member.value));
                        (&object.name, any || object.content.is_some())
                    }
                    Schema::Union(union) => {
                        let members = union.arms.iter().filter_map(|arm| arm.member.as_ref());
                        (&union.name, members.clone().any(|member| types.borrows(&member.value)))
                    }
                    _ => continue,
                };
                if borrows {
                    types.borrow.insert(name);
                }
            }
            if types.borrow.len() == before {
                return types;
            }
        }
    }

    fn borrows(&self, value: &Type) -> bool {
        match value {
            Type::Text(_) | Type::JsonText | Type::Raw | Type::Union(_) | Type::List(_, true) => {
                true
            }
            Type::Integer(_)
            | Type::Number(_)
            | Type::Boolean(_)
            | Type::Words(_)
            | Type::Presence => false,
            Type::Object(name) => self.borrow.contains(name.as_str()),
            Type::List(items, false) => self.borrows(items),
        }
    }

    /// A named type.
    pub(super) fn named(&self, name: &str) -> String {
        if self.borrow.contains(name) { format!("{name}<'a>") } else { name.to_owned() }
    }

    /// The type of a member, of an object or of an arm.
    pub(super) fn member(&self, object: Option<&Object>, member: &Member) -> String {
        let mut value = self.value(&member.value);
        let is_boxed = object.is_some_and(|object| {
            check::cycles(self.received, object, member) || self.is_large(object, member)
        });
        if is_boxed {
            value = format!("Box<{value}>");
        }
        if member.required || matches!(member.value, Type::List(..)) {
            value
        } else {
            format!("Option<{value}>")
        }
    }

    /// Whether a member of an event is often missing and would take much room all the same. Events are handed
    /// on by the thousand, and everything else comes now and then.
    fn is_large(&self, object: &Object, member: &Member) -> bool {
        const LARGE: usize = 64;
        let Type::Object(name) = &member.value else { return false };
        !member.required && self.events.contains(object.name.as_str()) && self.size(name) > LARGE
    }

    /// How many bytes a struct takes, about.
    fn size(&self, name: &str) -> usize {
        let Some(object) = self.received.object(name) else { return 0 };
        let sizes = object.members.iter().map(|member| match &member.value {
            Type::Boolean(_) => 1,
            Type::Integer(_) | Type::Number(_) => 16,
            Type::Object(_) if check::cycles(self.received, object, member) => 8,
            Type::Object(name) => self.size(name),
            _ => 24,
        });
        sizes.sum()
    }

    pub(super) fn value(&self, value: &Type) -> String {
        match value {
            Type::Text(_) => "Cow<'a, str>".to_owned(),
            Type::Integer(_) => "i64".to_owned(),
            Type::Number(_) => "f64".to_owned(),
            Type::Boolean(_) | Type::Presence => "bool".to_owned(),
            Type::JsonText => "JsonText<'a>".to_owned(),
            Type::Raw => "Raw<'a>".to_owned(),
            Type::Words(name) => name.clone(),
            Type::Object(name) => self.named(name),
            Type::Union(name) => format!("Item<'a, {}>", self.named(name)),
            Type::List(items, each_alone) => match &**items {
                Type::Object(name) if *each_alone => format!("Vec<Item<'a, {}>>", self.named(name)),
                items => format!("Vec<{}>", self.value(items)),
            },
        }
    }
}

//! Events, and the way to them through a request.

use std::fmt::Write as _;

use heck::ToUpperCamelCase;

use super::{
    doc, member,
    types::{Types, essential},
    unions::words,
};
use crate::received::model::{Arm, Envelope, Object, Received, Type, WithEvents};

pub(super) fn emit(received: &Received) -> String {
    // It was looked at when the description was read.
    let Some(envelope) = received.envelope() else { return String::new() };
    let mut out = "//! Events, and the way to them through a request.\n\nuse std::borrow::Cow;\n\n\
                   use super::{types::*, unions::*};\n\
                   use crate::{\n    events::{Around, Beside, Level, events},\n    json::{Name, Node},\n    \
                   read::{Listed, Misfit, found, head, is_tag},\n};\n"
        .to_owned();
    let types = Types::new(received);
    events(&mut out, received, &types, &envelope);
    root(&mut out, &envelope);
    entry(&mut out, received, &types, &envelope);
    values(&mut out, received, &types, &envelope);
    numbers(&mut out, received, &types, &envelope);
    out
}

/// The arms of changes whose value has events.
fn with_events<'r>(
    received: &'r Received,
    envelope: &Envelope<'r>,
) -> impl Iterator<Item = (&'r Arm, &'r Object)> {
    let arms = envelope.change.arms.iter();
    let values = arms.filter_map(|arm| Some((arm, received.value(arm)?)));
    values.filter(|(_, value)| value.events().next().is_some())
}

fn events(out: &mut String, received: &Received, types: &Types<'_>, envelope: &Envelope<'_>) {
    out.push_str("\nevents! {\n");
    let mut seen = Vec::new();
    for (_, value) in with_events(received, envelope) {
        for (list, event) in value.events() {
            let item = received.items(list).and_then(|name| received.object(name));
            let Some(item) = item.filter(|_| !seen.contains(&event)) else { continue };
            seen.push(event);
            doc(out, 4, &item.description);
            let key = match item.key.as_deref() {
                None => "whole".to_owned(),
                Some([]) => "never".to_owned(),
                Some(names) => {
                    let names: Vec<_> = names.iter().map(|name| member(name)).collect();
                    format!("key [{}]", names.join(" "))
                }
            };
            let person = if item.people.is_empty() { "" } else { " person" };
            let (name, item) = (event.to_upper_camel_case(), types.named(&item.name));
            let _ = writeln!(out, "    {name}({item}) on_{event} {event:?} {key}{person};");
        }
    }
    out.push_str("}\n");
}

fn root(out: &mut String, envelope: &Envelope<'_>) {
    let root = envelope.root;
    let default = root.default.and_then(|at| root.arms.get(at)).map(|arm| &arm.value);
    out.push_str("\npub(crate) const ROOT: Level = Level {\n");
    let _ = writeln!(
        out,
        "    tag: Name::new({:?}),\n    default: {default:?},\n    arms: &[",
        root.tag
    );
    for arm in &root.arms {
        let Some(member) = &arm.member else { continue };
        let words = words(arm).replace("\" \"", "\", \"");
        let _ =
            writeln!(out, "        (&{words}, Name::new({:?}), {}),", member.name, member.required);
    }
    out.push_str("    ],\n};\n");
}

/// A struct whose arrays are read later.
fn head(
    out: &mut String,
    types: &Types<'_>,
    object: &Object,
    later: impl Fn(&crate::received::model::Member) -> bool,
) {
    let _ = writeln!(out, "\nhead! {{\n    {}Head {{", object.name);
    for one in &object.members {
        let value = if later(one) { "Listed".to_owned() } else { types.member(Some(object), one) };
        let _ = writeln!(
            out,
            "        {}: {value} = {:?} {}{},",
            member(&one.name),
            one.name,
            one.required,
            essential(object, one)
        );
    }
    out.push_str("    }\n}\n");
}

fn entry(out: &mut String, received: &Received, types: &Types<'_>, envelope: &Envelope<'_>) {
    let entry = envelope.entry;
    head(out, types, entry, |member| received.items(member).is_some());
    let given = |what| entry.with_events(what).map(|member| member.name.as_str());
    let (account, time) = (given(WithEvents::Account), given(WithEvents::Time));
    let changes = &envelope.changes.name;
    let value = envelope.change.arms.first().and_then(|arm| arm.member.as_ref());
    let value = value.map_or("", |member| &member.name);
    let tag = &envelope.change.tag;
    let _ = writeln!(
        out,
        "\npub(crate) const ENTRY: [&str; 3] = [{:?}, {:?}, {changes:?}];\n\
         pub(crate) const CHANGE: [Name; 2] = [Name::new({tag:?}), Name::new({value:?})];\n",
        account.unwrap_or_default(),
        time.unwrap_or_default()
    );
    let part = |name: Option<&str>, none: &str| {
        name.map_or(none.to_owned(), |name| format!("self.{}", member(name)))
    };
    let is_required = |what| entry.with_events(what).is_some_and(|member| member.required);
    let account = if is_required(WithEvents::Account) {
        part(account, "")
    } else {
        format!("{}.unwrap_or_default()", part(account, "None::<Cow<'a, str>>"))
    };
    let time = if is_required(WithEvents::Time) {
        format!("Some({})", part(time, ""))
    } else {
        part(time, "None")
    };
    let _ = writeln!(
        out,
        "impl<'a> {}Head<'a> {{\n    pub(crate) fn parts(self) -> (Cow<'a, str>, Option<i64>, Listed) {{\n        \
         ({account}, {time}, self.{})\n    }}\n}}",
        entry.name,
        member(changes)
    );
}

/// What the values are that have events.
fn values(out: &mut String, received: &Received, types: &Types<'_>, envelope: &Envelope<'_>) {
    let mut seen = Vec::new();
    for (_, value) in with_events(received, envelope) {
        if !seen.contains(&&value.name) {
            seen.push(&value.name);
            head(out, types, value, |member| {
                member.event.is_some() || member.with_events == Some(WithEvents::Contact)
            });
        }
    }
    let most = with_events(received, envelope).map(|(_, value)| value.events().count()).max();
    let most = most.unwrap_or_default();
    let _ = writeln!(
        out,
        "\n/// How many arrays of events a value has at most.\npub(crate) const LISTS: usize = {most};\n\n\
         /// Reads what stands around the events of a field that has them, in the value of a change.\n\
         pub(crate) fn around<'a>(\n    field: Option<&str>,\n    node: Node<'_, 'a>,\n    \
         value: Option<Node<'_, 'a>>,\n) -> Option<Result<Around<'a>, Misfit>> {{"
    );
    for (arm, value) in with_events(received, envelope) {
        around(out, arm, value, most);
    }
    out.push_str("    None\n}\n");
}

fn around(out: &mut String, arm: &Arm, value: &Object, most: usize) {
    let Some(held) = &arm.member else { return };
    let words = words(arm).replace("\" \"", "\", \"");
    let given = |what| value.with_events(what).map(|member| member.name.as_str());
    let part = |what, none: &str| {
        given(what).map_or(none.to_owned(), |name| format!("head.{}", member(name)))
    };
    let _ = writeln!(
        out,
        "    if is_tag(field, &{words}) {{\n        let mut head = {}Head::default();\n        \
         let read = found(node, value, &CHANGE[1], {}, &mut head);\n        \
         return Some(read.map(|()| Around {{\n            field: {:?},\n            number: {},\n            \
         conversation: {},\n            contacts: {},\n            lists: [",
        value.name,
        held.required,
        arm.value,
        part(WithEvents::Number, "None"),
        part(WithEvents::Conversation, "None"),
        part(WithEvents::Contact, "Listed::Nothing"),
    );
    for (list, event) in value.events() {
        let (field, kind) = (member(&list.name), event.to_upper_camel_case());
        let _ =
            writeln!(out, "                (head.{field}, Some(Kind::{kind}), {:?}),", list.name);
    }
    for _ in value.events().count()..most {
        out.push_str("                (Listed::Nothing, None, \"\"),\n");
    }
    let name = |what| given(what).unwrap_or_default();
    let _ = writeln!(
        out,
        "            ],\n            beside: Beside {{ number: {:?}, conversation: {:?}, contacts: {:?} }},\n            \
         others: head.others,\n        }}));\n    }}",
        name(WithEvents::Number),
        name(WithEvents::Conversation),
        name(WithEvents::Contact)
    );
}

/// The business phone numbers that changes are about.
fn numbers(out: &mut String, received: &Received, types: &Types<'_>, envelope: &Envelope<'_>) {
    let mut arms = String::new();
    let mut number = None;
    for arm in &envelope.change.arms {
        let Some(given) =
            received.value(arm).and_then(|value| value.with_events(WithEvents::Number))
        else {
            continue;
        };
        if let Type::Object(name) = &given.value {
            number = Some(types.named(name));
        }
        let (arm, member) = (arm.value.to_upper_camel_case(), member(&given.name));
        let _ = writeln!(arms, "            Self::{arm}(value) => value.{member}.as_ref(),");
    }
    let Some(number) = number else { return };
    let _ = writeln!(
        out,
        "\nimpl<'a> {} {{\n    /// Returns the business phone number that it is about, if it says so.\n    \
         #[must_use]\n    pub fn number(&self) -> Option<&{number}> {{\n        match self {{\n{arms}            \
         _ => None,\n        }}\n    }}\n}}",
        types.named(&envelope.change.name)
    );
}

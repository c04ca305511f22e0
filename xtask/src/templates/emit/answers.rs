//! The answers of the API as types: those that a request is answered with, and those in them.
//!
//! The parts of a definition stay JSON. Who checks messages reads them by the tables, and a part that is not known here
//! has to go through unchanged.

use std::{collections::HashSet, fmt::Write as _};

use heck::ToUpperCamelCase;

use crate::{
    received::{
        doc, member,
        model::{Object, Schema, Type},
    },
    templates::model::Templates,
};

pub(super) fn emit(templates: &Templates) -> String {
    let wanted = wanted(templates);
    let mut out = "//! Answers. Of them, what is not known is read over.\n\n\
                   use serde_json::Value;\n\nuse crate::templates::answer::{Presence, answer, words};\n"
        .to_owned();
    for schema in &templates.answers {
        match schema {
            Schema::Object(found) if wanted.contains(found.name.as_str()) => {
                object(&mut out, found);
            }
            Schema::Words(found) if wanted.contains(found.name.as_str()) => {
                words(&mut out, &found.name, &found.description, &found.known);
            }
            _ => {}
        }
    }
    let demands = &templates.demands;
    let buttons = demands.buttons.iter().map(|row| (row.name.as_str(), row.says.as_str()));
    kinds(&mut out, "ButtonKind", "A kind of button.", buttons);
    let formats = demands.formats.iter().map(|row| (row.name.as_str(), row.says.as_str()));
    kinds(&mut out, "HeaderFormat", "A format of a header.", formats);
    out
}

/// Words that what is created has too, from the demands.
fn kinds<'t>(
    out: &mut String,
    name: &str,
    description: &str,
    rows: impl Iterator<Item = (&'t str, &'t str)>,
) {
    let sentence = |says: &str| {
        let mut letters = says.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        format!("{}.", first.chain(letters).collect::<String>())
    };
    let known: Vec<_> = rows.map(|(word, says)| (word.to_owned(), sentence(says))).collect();
    words(out, name, description, &known);
}

/// The names of what requests are answered with, and of what lies in it.
fn wanted(templates: &Templates) -> HashSet<&str> {
    let mut wanted = HashSet::new();
    let mut open: Vec<_> =
        templates.operations.iter().filter_map(|operation| operation.answer.as_deref()).collect();
    while let Some(name) = open.pop() {
        if wanted.insert(name)
            && let Some(object) = templates.object(name)
        {
            open.extend(object.members.iter().filter_map(|member| named(&member.value)));
        }
    }
    wanted
}

fn named(value: &Type) -> Option<&str> {
    match value {
        Type::Words(name) | Type::Object(name) => Some(name),
        Type::List(items, _) => named(items),
        _ => None,
    }
}

fn object(out: &mut String, object: &Object) {
    out.push_str("\nanswer! {\n");
    doc(out, 4, &object.description);
    let _ = writeln!(out, "    {} {{", object.name);
    for item in &object.members {
        doc(out, 8, &item.description);
        let value = value(&item.value);
        // Absent is empty, or no.
        let is_plain = item.required || matches!(item.value, Type::List(..) | Type::Presence);
        let value = if is_plain { value } else { format!("Option<{value}>") };
        let _ = writeln!(out, "        {}: {value} = {:?},", member(&item.name), item.name);
    }
    out.push_str("    }\n}\n");
}

fn value(of: &Type) -> String {
    match of {
        Type::Text(_) | Type::JsonText => "String".to_owned(),
        Type::Integer(_) => "i64".to_owned(),
        Type::Number(_) => "f64".to_owned(),
        Type::Boolean(_) => "bool".to_owned(),
        Type::Presence => "Presence".to_owned(),
        Type::Raw | Type::Union(_) => "Value".to_owned(),
        Type::Words(name) | Type::Object(name) => name.clone(),
        Type::List(items, _) => format!("Vec<{}>", value(items)),
    }
}

fn words(out: &mut String, name: &str, description: &str, known: &[(String, String)]) {
    out.push_str("\nwords! {\n");
    doc(out, 4, description);
    let _ = writeln!(out, "    {name} {{");
    for (word, meaning) in known {
        doc(out, 8, meaning);
        let _ = writeln!(out, "        {} = {word:?},", word.to_upper_camel_case());
    }
    out.push_str("    }\n}\n");
}

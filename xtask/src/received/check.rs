//! Checks that need all of the description.

use std::collections::{HashMap, HashSet};

use heck::ToUpperCamelCase;

use super::find;
use super::model::{
    Arm, Envelope, Member, Object, Person, Received, Schema, Type, Union, WithEvents,
};
use crate::{
    error::{Error, Place, Result},
    yaml::Node,
};

/// Names of events that are made of others.
const TAKEN: [&str; 3] = ["change", "unknown", "invalid"];

pub(super) fn check(received: &Received, document: &Node) -> Result<()> {
    let mut errors = Vec::new();
    for schema in &received.schemas {
        let checked = match schema {
            Schema::Object(object) => check_object(received, object),
            Schema::Union(union) => check_union(received, union),
            Schema::Words(words) => {
                let names = words.known.iter().map(|(word, _)| word.to_upper_camel_case());
                match twice(names.chain(["Other".to_owned()])) {
                    None => Ok(()),
                    Some(name) => {
                        Err(document.error(format!("`{}` has two words `{name}`", words.name)))
                    }
                }
            }
            Schema::Scalar => Ok(()),
        };
        errors.extend(checked.err());
    }
    errors.extend(check_events(received).err());
    errors.extend(check_envelope(received, document).err());
    if errors.is_empty() { Ok(()) } else { Err(Error::several(errors)) }
}

fn twice(names: impl Iterator<Item = String>) -> Option<String> {
    let mut seen = HashSet::new();
    names.into_iter().find(|name| !seen.insert(name.clone()))
}

fn check_object(received: &Received, object: &Object) -> Result<()> {
    let error = |message: String| Err(Error::at(&object.place, message));
    // A bit for each.
    if object.members.len() > 64 {
        return error("an object has at most 64 members".to_owned());
    }
    let content = object.content.as_ref().and_then(|name| received.union(name));
    let inner = content.into_iter().flat_map(|union| {
        let members = union.arms.iter().filter_map(|arm| arm.member.as_ref());
        let names: HashSet<_> = members.map(|member| member.name.clone()).collect();
        names.into_iter().chain([union.tag.clone(), "content".to_owned()])
    });
    let own = object.members.iter().flat_map(|member| member.aliases.iter().chain([&member.name]));
    if let Some(name) = twice(own.cloned().chain(inner)) {
        return error(format!("two members are called `{name}`"));
    }
    for name in object.key.iter().flatten() {
        if !object.members.iter().any(|member| member.name == *name) {
            return error(format!("`x-event-key` names `{name}`, which is no member"));
        }
    }
    for person in &object.people {
        check_person(received, object, person)?;
    }
    for find in &object.finds {
        if let Err(message) = find::places(received, object, find) {
            return error(message);
        }
    }
    check_file(object)?;
    check_value(object)?;
    for member in &object.members {
        check_with_events(received, member)?;
        if member.required && cycles(received, object, member) {
            let message = "a member that may hold its own object cannot be required";
            return Err(Error::at(&member.place, message));
        }
        if member.required && member.essential {
            let message = "`x-essential` goes with a member of a webhook that is not required";
            return Err(Error::at(&member.place, message.to_owned()));
        }
    }
    Ok(())
}

/// A person is told by texts, unless a member has a word.
fn check_person(received: &Received, object: &Object, person: &Person) -> Result<()> {
    let error = |message: String| Err(Error::at(&object.place, message));
    let member = |name: &String| object.members.iter().find(|member| member.name == *name);
    for name in [&person.user_id, &person.number] {
        if !member(name).is_some_and(|member| matches!(member.value, Type::Text(_))) {
            return error(format!("`x-person` names `{name}`, which is no text of it"));
        }
    }
    let Some((name, word)) = &person.unless else { return Ok(()) };
    let has_it = match member(name).map(|member| &member.value) {
        Some(Type::Text(_)) => true,
        Some(Type::Words(of)) => received.schemas.iter().any(|schema| match schema {
            Schema::Words(words) if words.name == *of => {
                words.known.iter().any(|(known, _)| known == word)
            }
            _ => false,
        }),
        _ => false,
    };
    if has_it {
        return Ok(());
    }
    error(format!("`unless` names `{name}`, which has no word `{word}`"))
}

/// A file has an id, and may have the rest.
fn check_file(object: &Object) -> Result<()> {
    let Some(file) = &object.file else { return Ok(()) };
    let names = [(&file.id, true), (&file.url, false), (&file.sha256, false), (&file.kind, false)];
    for (name, required) in names {
        let member = object.members.iter().find(|member| member.name == *name);
        let fits =
            |member: &Member| matches!(member.value, Type::Text(_)) && member.required == required;
        if !member.is_some_and(fits) {
            let what = if required { "text that is required" } else { "text that may be absent" };
            let message = format!("`x-file` names `{name}`, which is no {what}");
            return Err(Error::at(&object.place, message));
        }
    }
    Ok(())
}

/// A value with events leaves nothing else to somebody who is told of them.
fn check_value(object: &Object) -> Result<()> {
    if object.events().next().is_none() {
        return Ok(());
    }
    let lost = object.members.iter().find(|member| {
        matches!(member.value, Type::List(..))
            && member.event.is_none()
            && member.with_events != Some(WithEvents::Contact)
    });
    if let Some(member) = object.members.iter().find(|member| !member.aliases.is_empty()) {
        return Err(Error::at(&member.place, "a value with events has no `x-aliases`"));
    }
    match lost {
        None => Ok(()),
        Some(lost) => {
            let message =
                format!("`{}` is no event beside arrays that are, and would be lost", lost.name);
            Err(Error::at(&lost.place, message))
        }
    }
}

fn check_with_events(received: &Received, member: &Member) -> Result<()> {
    let is_object = |value: &Type| matches!(value, Type::Object(_));
    let fits = match member.with_events {
        None => return Ok(()),
        Some(WithEvents::Account) => matches!(member.value, Type::Text(_)),
        Some(WithEvents::Time) => matches!(member.value, Type::Integer(_)),
        Some(WithEvents::Number | WithEvents::Conversation) => {
            is_object(&member.value) && !member.required
        }
        Some(WithEvents::Contact) => {
            let person = received.items(member).and_then(|name| received.object(name));
            person.is_some_and(|person| !person.people.is_empty())
        }
    };
    if fits { Ok(()) } else { Err(Error::at(&member.place, "this cannot be given to events")) }
}

/// Whether what a member holds may hold the object again.
pub(super) fn cycles(received: &Received, object: &Object, member: &Member) -> bool {
    let mut seen = HashSet::new();
    // An array is a place of its own, so it may hold anything.
    let Type::Object(name) = &member.value else { return false };
    leads_to(received, name, &object.name, &mut seen)
}

fn leads_to<'r>(
    received: &'r Received,
    from: &'r str,
    to: &str,
    seen: &mut HashSet<&'r str>,
) -> bool {
    if from == to {
        return true;
    }
    if !seen.insert(from) {
        return false;
    }
    let object = received.object(from).into_iter();
    let members = object.clone().flat_map(|object| &object.members);
    let content = object.filter_map(|object| object.content.as_deref());
    let arms = received.union(from).into_iter().flat_map(|union| &union.arms);
    let values = members.chain(arms.filter_map(|arm| arm.member.as_ref()));
    let names = values.filter_map(|member| match &member.value {
        Type::Object(name) | Type::Union(name) => Some(name.as_str()),
        _ => None,
    });
    names
        .chain(content)
        .collect::<Vec<_>>()
        .into_iter()
        .any(|name| leads_to(received, name, to, seen))
}

fn check_union(received: &Received, union: &Union) -> Result<()> {
    let error = |message: String| Err(Error::at(&union.place, message));
    if let Some(name) = twice(union.arms.iter().map(|arm| arm.value.to_upper_camel_case())) {
        return error(format!("two arms are called `{name}`"));
    }
    let nested = |arm: &&Arm| {
        let name = match &arm.member.as_ref().map(|member| &member.value) {
            Some(Type::Union(name) | Type::Object(name)) => name.clone(),
            _ => return false,
        };
        received.union(&name).is_some() && name == union.name
    };
    match union.arms.iter().find(nested) {
        None => Ok(()),
        Some(arm) => error(format!("the arm `{}` holds the union itself", arm.value)),
    }
}

/// Each event has one type, and each part that all of them are given.
fn check_events(received: &Received) -> Result<()> {
    let mut types: HashMap<String, &str> = HashMap::new();
    let objects = received.schemas.iter().filter_map(|schema| match schema {
        Schema::Object(object) => Some(object),
        _ => None,
    });
    for object in objects {
        for member in &object.members {
            let name = match (&member.event, member.with_events) {
                (Some(event), _) => event.clone(),
                (None, Some(given @ (WithEvents::Number | WithEvents::Conversation))) => {
                    format!("{given:?}")
                }
                (None, Some(WithEvents::Contact)) => "Contact".to_owned(),
                _ => continue,
            };
            let error =
                |message: &str| Err(Error::at(&member.place, format!("`{name}`: {message}")));
            let is_known =
                member.event.as_ref().is_some_and(|event| TAKEN.contains(&event.as_str()));
            if is_known {
                return error("this name is taken");
            }
            let item = match &member.value {
                Type::Object(name) => name,
                _ => received.items(member).unwrap_or_default(),
            };
            if *types.entry(name.clone()).or_insert(item) != item {
                return error("it has another type elsewhere");
            }
        }
    }
    Ok(())
}

fn check_envelope(received: &Received, document: &Node) -> Result<()> {
    let Some(Envelope { root, entry, change, .. }) = received.envelope() else {
        let message =
            "a request has to be a union, with an array of objects that hold an array of a union";
        return Err(document.error(message));
    };
    let place = |place: &Place, message: &str| Err(Error::at(place, message));
    let holds_entry = |arm: &Arm| {
        arm.member.as_ref().and_then(|member| received.items(member)) == Some(entry.name.as_str())
    };
    if !root.arms.iter().all(holds_entry) {
        return place(&root.place, "each arm of a request has to hold the same array");
    }
    let lists = entry.members.iter().filter(|member| matches!(member.value, Type::List(..)));
    if lists.count() != 1 {
        return place(&entry.place, "what is in a request has to hold one array");
    }
    for arm in &change.arms {
        if !received.fields.iter().any(|field| field.name == arm.value) {
            let message = format!("`webhooks` has no field `{}`", arm.value);
            return place(&change.place, &message);
        }
        let names = arm.member.as_ref().map(|member| member.name.as_str());
        let first = change.arms.first().and_then(|arm| arm.member.as_ref());
        if names.is_none() || names != first.map(|member| member.name.as_str()) {
            return place(&change.place, "each arm has to hold its value under the same name");
        }
    }
    match received
        .fields
        .iter()
        .find(|field| !change.arms.iter().any(|arm| arm.value == field.name))
    {
        None => Ok(()),
        Some(field) => {
            Err(document.error(format!("there is no arm for the field `{}`", field.name)))
        }
    }
}

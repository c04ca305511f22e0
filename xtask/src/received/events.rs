//! Fields and events in words, for the manual.

use heck::ToUpperCamelCase as _;

use super::model::{Arm, Object, Received};

/// Something that is told of in a webhook, in words.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The topic: the first tag.
    pub group: String,
    /// The first sentence about it.
    pub summary: String,
    /// The files with examples, from the folder of the description.
    pub examples: Vec<String>,
    /// The names of its events. There are none in a field that is one event as a whole.
    pub events: Vec<String>,
}

/// An event, in words.
#[derive(Debug, Clone)]
pub struct Event {
    /// The name.
    pub name: String,
    /// The variant of `What`.
    pub variant: String,
    /// The type of the item.
    pub item: String,
    /// The first sentence about it.
    pub description: String,
    /// The array that its items stand in.
    pub list: String,
    /// The contents that its items have, if they are of several kinds.
    pub contents: Vec<Content>,
    /// The tag of the content.
    pub tag: Option<String>,
}

/// A kind of content.
#[derive(Debug, Clone)]
pub struct Content {
    /// The value of the tag.
    pub name: String,
    /// The variant of the enum.
    pub variant: String,
    /// The first sentence about it.
    pub description: String,
}

/// The fields, and the events in them.
pub(crate) fn events(received: &Received) -> (Vec<Field>, Vec<Event>) {
    let arms = received.envelope().map(|envelope| envelope.change.arms.iter());
    let mut arms: Vec<&Arm> = arms.into_iter().flatten().collect();
    // They stand in the order of their fields.
    arms.sort_by_key(|arm| received.fields.iter().position(|field| field.name == arm.value));
    let mut events: Vec<Event> = Vec::new();
    let mut named = Vec::new();
    for arm in arms {
        let value = received.value(arm);
        let mut names = Vec::new();
        for (list, name) in value.into_iter().flat_map(Object::events) {
            names.push(name.to_owned());
            let item = received.items(list).and_then(|item| received.object(item));
            if let Some(item) = item
                && !events.iter().any(|event| event.name == name)
            {
                events.push(event(received, name, &list.name, item));
            }
        }
        named.push((arm.value.as_str(), names));
    }
    let fields = received.fields.iter().map(|field| Field {
        name: field.name.clone(),
        group: field.group.clone(),
        summary: field.summary.clone(),
        examples: field.examples.clone(),
        events: named
            .iter()
            .find(|(name, _)| *name == field.name)
            .map_or_else(Vec::new, |(_, names)| names.clone()),
    });
    (fields.collect(), events)
}

fn event(received: &Received, name: &str, list: &str, item: &Object) -> Event {
    let union = item.content.as_ref().and_then(|content| received.union(content));
    let arms = union.iter().flat_map(|union| &union.arms);
    let content = |arm: &Arm| Content {
        name: arm.value.clone(),
        variant: arm.value.to_upper_camel_case(),
        description: arm.description.clone(),
    };
    Event {
        name: name.to_owned(),
        variant: name.to_upper_camel_case(),
        item: item.name.clone(),
        description: item.description.clone(),
        list: list.to_owned(),
        contents: arms.map(content).collect(),
        tag: union.map(|union| union.tag.clone()),
    }
}

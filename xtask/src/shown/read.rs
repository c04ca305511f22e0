//! From the YAML to the model, beginning at the messages.

use std::collections::{BTreeSet, VecDeque};

use super::model::{Arm, ArmObject, Field, Object, Schema, Shown, Union};
use crate::{
    error::{Error, Result},
    read::keys::{Keys, sentence},
    yaml::{Node, Value},
};

const KEYWORD: &str = "x-shown";
/// The role of what a bubble is drawn of.
const MESSAGE: &str = "message";
/// The roles. `Role` in `wa-message-spec` says what each of them is.
const ROLES: [&str; 50] = [
    "text",
    "heading",
    "subheading",
    "footer",
    "title",
    "detail",
    "source",
    "file-name",
    "voice",
    "latitude",
    "longitude",
    "id",
    "url",
    "code",
    "quote",
    "emoji",
    "quantity",
    "value",
    "offset",
    "money",
    "price",
    "state",
    "seconds",
    "milliseconds",
    "preview",
    "variable-name",
    "typing",
    MESSAGE,
    "notice",
    "picture",
    "film",
    "sound",
    "file",
    "decal",
    "place",
    "person",
    "product",
    "button",
    "link",
    "copy",
    "sheet",
    "section",
    "row",
    "card",
    "bill",
    "line",
    "total",
    "stars",
    "template",
    "variable",
];

/// Reads how the messages of a description are shown. `actions` are what customers do.
///
/// # Errors
///
/// When a role or an action is not known, or a keyword stands where nothing that is shown leads.
pub(crate) fn read(document: &Node, actions: &[String]) -> Result<Vec<Schema>> {
    let nodes = document.at("/components/schemas").map_or(Ok(&[][..]), Node::members)?;
    let mut reader = Reader { nodes, actions, open: VecDeque::new(), seen: BTreeSet::new() };
    let is_message = |node: &Node| {
        let shown = node.get(KEYWORD).map(|node| node.get("as").unwrap_or(node));
        shown.is_some_and(|role| matches!(&role.value, Value::Text(role) if role == MESSAGE))
    };
    for (name, _) in nodes.iter().filter(|(_, node)| is_message(node)) {
        reader.refer(name);
    }
    let mut schemas = Vec::new();
    while let Some(name) = reader.open.pop_front() {
        let Some((_, node)) = nodes.iter().find(|(known, _)| *known == name) else { continue };
        schemas.push(reader.schema(&name, node, is_message(node))?);
    }
    let mut lost = Vec::new();
    for (_, node) in nodes {
        find(node, &mut |shown| {
            if !reader.seen.contains(&shown.place.pointer) {
                let message = "nothing that is shown leads here";
                lost.push(shown.key_error(message, "never looked at", None));
            }
        });
    }
    if lost.is_empty() { Ok(schemas) } else { Err(Error::several(lost)) }
}

/// What customers do, by a description of what comes back.
///
/// # Errors
///
/// When that is no mapping.
pub(crate) fn actions(webhooks: &Node) -> Result<Vec<String>> {
    let actions = webhooks.at("/components/x-customer/actions");
    let actions = actions.map_or(Ok(&[][..]), Node::members)?;
    Ok(actions.iter().map(|(name, _)| name.clone()).collect())
}

/// Refuses the keyword in schemas of which nothing is drawn.
///
/// # Errors
///
/// When one of them has it.
pub(crate) fn refuse(nodes: &[(String, Node)]) -> Result<()> {
    let mut lost = Vec::new();
    for (_, node) in nodes {
        let message = "only messages are shown";
        find(node, &mut |shown| lost.push(shown.key_error(message, "never looked at", None)));
    }
    if lost.is_empty() { Ok(()) } else { Err(Error::several(lost)) }
}

/// Finds the keyword, in a node or inside of it.
fn find(node: &Node, found: &mut impl FnMut(&Node)) {
    match &node.value {
        Value::Map(members) => {
            for (name, member) in members {
                if name == KEYWORD {
                    found(member);
                } else {
                    find(member, found);
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| find(item, found)),
        _ => {}
    }
}

struct Reader<'n> {
    nodes: &'n [(String, Node)],
    actions: &'n [String],
    /// Schemas that are still to be read.
    open: VecDeque<String>,
    /// Schemas that were referred to, and the pointers of keywords that were read.
    seen: BTreeSet<String>,
}

impl<'n> Reader<'n> {
    /// Has a schema read, once.
    fn refer(&mut self, name: &str) {
        if self.seen.insert(name.to_owned()) {
            self.open.push_back(name.to_owned());
        }
    }

    fn follow(&self, reference: &Node) -> Result<(&'n str, &'n Node)> {
        let name = reference.reference()?;
        let known = self.nodes.iter().find(|(known, _)| known == name);
        let (name, node) =
            known.ok_or_else(|| reference.error(format!("there is no schema `{name}`")))?;
        Ok((name, node))
    }

    fn schema(&mut self, name: &str, node: &'n Node, is_message: bool) -> Result<Schema> {
        let mut object = self.object(node)?;
        let union = if is_union(node) { Some(self.union(node)?) } else { None };
        if union.is_some() {
            object.tag = Some(name.to_owned());
        }
        Ok(Schema { name: name.to_owned(), object, union, is_message })
    }

    /// The members of an object, and the union that it is composed with.
    fn object(&mut self, node: &'n Node) -> Result<Object> {
        let is = if node.get("x-kind").is_some() { phrase(node)? } else { String::new() };
        let mut object = Object { is, shown: self.shown(node)?, fields: Vec::new(), tag: None };
        for (name, member) in node.get("properties").map_or(Ok(&[][..]), Node::members)? {
            object.fields.push(self.field(name, member)?);
        }
        for part in node.get("allOf").map_or(Ok(&[][..]), Node::items)? {
            if let Some(reference) = part.get("$ref") {
                let name = self.follow(reference)?.0;
                self.refer(name);
                object.tag = Some(name.to_owned());
            }
        }
        Ok(object)
    }

    fn field(&mut self, name: &str, node: &'n Node) -> Result<Field> {
        let mut shown = self.shown(node)?;
        let mut value = node;
        while let Some(items) = value.get("items") {
            value = items;
        }
        let mut object = None;
        if let Some(reference) = value.get("$ref") {
            let (target, schema) = self.follow(reference)?;
            if is_object(schema) {
                self.refer(target);
                object = Some(target.to_owned());
            } else {
                // Every member that refers to it is shown so, if it does not say another thing.
                let of_schema = self.shown(schema)?;
                shown = shown.or(of_schema);
            }
        }
        Ok(Field { name: name.to_owned(), shown, object })
    }

    /// A union. The arms of one that is composed with a message are messages themselves.
    fn union(&mut self, node: &'n Node) -> Result<Union> {
        let arms = node.get("oneOf").map_or(Ok(&[][..]), Node::items)?;
        let known: Vec<_> = arms.iter().filter(|arm| arm.get("x-unknown").is_none()).collect();
        let tag = self.tag(&known)?.ok_or_else(|| node.error("the arms have no tag"))?;
        let mut union = Union { tag: tag.clone(), arms: Vec::new(), default: None };
        for (at, arm) in known.into_iter().enumerate() {
            let values = self.spellings(arm, &tag)?;
            let required = arm.get("required").map_or(Ok(Vec::new()), Node::texts)?;
            let object = if let Some(reference) = arm.get("$ref") {
                let (name, _) = self.follow(reference)?;
                self.refer(name);
                ArmObject::Named(name.to_owned())
            } else {
                if !required.contains(&tag) {
                    union.default = Some(at);
                }
                let mut object = self.object(arm)?;
                object.fields.retain(|field| field.name != tag);
                if object.is.is_empty() && self.is_of_messages(node) {
                    object.is = phrase(arm)?;
                }
                ArmObject::Inline(object)
            };
            union.arms.push(Arm { values, object });
        }
        Ok(union)
    }

    /// Whether a union is composed with a message, so that its arms are what messages are.
    fn is_of_messages(&self, union: &Node) -> bool {
        self.nodes.iter().any(|(_, node)| {
            let parts = node.get("allOf").and_then(|parts| parts.items().ok()).unwrap_or_default();
            let mut targets = parts.iter().filter_map(|part| self.follow(part.get("$ref")?).ok());
            targets.any(|(_, target)| std::ptr::eq(target, union))
        })
    }

    /// The member that has one value in each arm, and another in each.
    fn tag(&self, arms: &[&'n Node]) -> Result<Option<String>> {
        let Some(first) = arms.first() else { return Ok(None) };
        for (name, _) in self.constants(first)? {
            let mut values = BTreeSet::new();
            for arm in arms {
                values.extend(self.constants(arm)?.into_iter().find(|(known, _)| *known == name));
            }
            if values.len() == arms.len() {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// The members of an arm that have one value. Those of a union are what all of its arms have.
    fn constants(&self, node: &'n Node) -> Result<Vec<(String, String)>> {
        if let Some(reference) = node.get("$ref") {
            return self.constants(self.follow(reference)?.1);
        }
        if let Some(properties) = node.get("properties") {
            let constants = properties.members()?.iter();
            let constants = constants.filter_map(|(name, node)| match &node.get("const")?.value {
                Value::Text(value) => Some((name.clone(), value.clone())),
                _ => None,
            });
            return Ok(constants.collect());
        }
        let arms = node.get("oneOf").map_or(Ok(&[][..]), Node::items)?;
        let Some((first, others)) = arms.split_first() else { return Ok(Vec::new()) };
        let mut shared = self.constants(first)?;
        for arm in others {
            let of_arm = self.constants(arm)?;
            shared.retain(|constant| of_arm.contains(constant));
        }
        Ok(shared)
    }

    /// The values of the tag that choose an arm.
    fn spellings(&self, arm: &'n Node, tag: &str) -> Result<Vec<String>> {
        let constants = self.constants(arm)?;
        let value = constants.into_iter().find(|(name, _)| name == tag).map(|(_, value)| value);
        let lenient =
            arm.get("properties").and_then(|properties| properties.get(tag)?.get("x-lenient"));
        let others = lenient.map_or(Ok(&[][..]), Node::members)?.iter();
        Ok(value.into_iter().chain(others.map(|(spelling, _)| spelling.clone())).collect())
    }

    /// How a node says that it is shown.
    fn shown(&mut self, node: &'n Node) -> Result<Option<Shown>> {
        let Some(node) = node.get(KEYWORD) else { return Ok(None) };
        self.seen.insert(node.place.pointer.clone());
        if let Value::Text(_) = node.value {
            let (says, answer) = (String::new(), String::new());
            return Ok(Some(Shown { role: role(node)?, says, answer }));
        }
        let mut keys = Keys::new(node)?;
        let role = role(keys.need("as")?)?;
        let says = keys.take("says").map(sentence).transpose()?.unwrap_or_default();
        let answer = keys.take("answer");
        keys.finish()?;
        if let Some(answer) = answer
            && !self.actions.iter().any(|known| answer.text().is_ok_and(|name| name == known))
        {
            return Err(answer.error(format!("customers do {} alone", self.actions.join(", "))));
        }
        let answer = answer.map(Node::text).transpose()?.unwrap_or_default().to_owned();
        Ok(Some(Shown { role, says, answer }))
    }
}

fn role(node: &Node) -> Result<String> {
    let role = node.text()?;
    if ROLES.contains(&role) {
        Ok(role.to_owned())
    } else {
        Err(node.error(format!("there is no role `{role}`: {}", ROLES.join(", "))))
    }
}

fn is_union(node: &Node) -> bool {
    node.get("oneOf").and_then(|arms| arms.items().ok()).is_some_and(|arms| {
        let is_choice = |arm: &Node| {
            arm.members().is_ok_and(|keys| keys.iter().all(|(key, _)| key == "required"))
        };
        !arms.iter().all(is_choice)
    })
}

fn is_object(node: &Node) -> bool {
    node.get("properties").is_some() || node.get("allOf").is_some() || is_union(node)
}

/// The first sentence of a description, which is a noun phrase, without its full stop.
fn phrase(node: &Node) -> Result<String> {
    let description = node.get("description").map_or(Ok(""), Node::text)?;
    let first = description.split_once(". ").map_or(description, |(first, _)| first);
    Ok(first.trim_end_matches('.').to_owned())
}

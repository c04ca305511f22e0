//! Objects with known members.

use super::{Reader, keys::Keys, rules, union::is_union};
use crate::{
    error::Result,
    model::{Enum, Field, Object, Refused},
    yaml::Node,
};

const OBJECT_RULES: [&str; 3] = ["oneOf", "anyOf", "additionalProperties"];

/// What is known of an object from where it stands.
struct Standing<'a> {
    /// The name of the schema, which is put before the names of its constants.
    owner: &'a str,
    /// Members that the union around it carries.
    carried: &'a [String],
    /// Whether it is an arm in the union.
    inline: bool,
    /// Whether the object around it refuses unknown members.
    composed: bool,
}

impl Reader<'_> {
    pub(crate) fn object(
        &self,
        name: &str,
        node: &Node,
        constants: &mut Vec<Enum>,
    ) -> Result<Object> {
        let carried = self.carried(name);
        let standing = Standing { owner: name, carried, inline: false, composed: false };
        let object = self.read_object(&standing, node, constants)?;
        Ok(Object { name: name.to_owned(), ..object })
    }

    pub(crate) fn inline(
        &self,
        owner: &str,
        node: &Node,
        tag: &str,
        composed: bool,
        constants: &mut Vec<Enum>,
    ) -> Result<Object> {
        let carried = [tag.to_owned()];
        let standing = Standing { owner, carried: &carried, inline: true, composed };
        self.read_object(&standing, node, constants)
    }

    fn read_object(
        &self,
        standing: &Standing<'_>,
        node: &Node,
        constants: &mut Vec<Enum>,
    ) -> Result<Object> {
        let mut keys = Keys::new(node)?;
        let answer = keys.flag("x-answer")?;
        let label = keys.text("x-label")?;
        let description = keys.text("description")?;
        if description.is_empty() {
            return Err(node.error("every object needs a `description`"));
        }
        if label.is_empty() && !answer && !standing.inline {
            return Err(node.error("an object needs `x-label`: what a sentence calls it"));
        }
        let kind = keys.take("x-kind").map(Node::text).transpose()?.map(str::to_owned);
        let natural = keys.take("x-scalar").map(Node::text).transpose()?.map(str::to_owned);
        let content = keys.take("x-content").map(Node::text).transpose()?.map(str::to_owned);
        let numbers = keys.rule_numbers(&OBJECT_RULES)?;
        // Every member that refers to it takes them.
        keys.names("x-synonyms")?;
        keys.leave_to_shown();
        let fields = self.fields(standing, &mut keys, constants)?;
        let has_union = is_union(node)?;
        let mut exactly_one = Vec::new();
        let mut union = None;
        if let Some(one_of) = keys.take("oneOf") {
            if has_union {
                let composed = !fields.is_empty();
                union = Some(self.union(standing.owner, node, composed, constants)?);
            } else {
                exactly_one = alternatives(one_of)?;
            }
        }
        let at_least_one = keys.take("anyOf").map_or(Ok(Vec::new()), alternatives)?;
        let usual = usual(&mut keys, &at_least_one)?;
        if let Some(kind) = keys.take("type")
            && kind.text()? != "object"
        {
            return Err(kind.error("the `type` has to be `object` here"));
        }
        closed(&mut keys, node, standing, answer, has_union, !fields.is_empty())?;
        if content.is_none() && has_union && !fields.is_empty() {
            return Err(node.error("members beside a union need `x-content`: the name of its enum"));
        }
        if !has_union && content.is_some() {
            return Err(node.error("`x-content` goes with a `oneOf` of objects"));
        }
        let object = Object {
            place: node.place.clone(),
            name: String::new(),
            label,
            description,
            kind,
            fields,
            union,
            exactly_one,
            at_least_one,
            usual,
            refused: refused(&mut keys)?,
            ignored: keys.take("x-ignored").map_or(Ok(Vec::new()), Node::texts)?,
            rules: rules::read(&mut keys)?,
            advice: rules::advice(&mut keys)?,
            natural,
            numbers,
            answer,
            content,
        };
        keys.finish()?;
        Ok(object)
    }

    fn fields(
        &self,
        standing: &Standing<'_>,
        keys: &mut Keys<'_>,
        constants: &mut Vec<Enum>,
    ) -> Result<Vec<Field>> {
        let (properties, names) = keys.properties()?;
        let own = properties.iter().filter(|(name, _)| !standing.carried.contains(name));
        let fields = own.map(|(name, node)| {
            self.field(standing.owner, name, node, names.contains(name), constants)
        });
        fields.collect()
    }
}

/// An object has to refuse what it does not know, unless it is an answer.
fn closed(
    keys: &mut Keys<'_>,
    node: &Node,
    standing: &Standing<'_>,
    answer: bool,
    has_union: bool,
    has_fields: bool,
) -> Result<()> {
    // The other of the two is left to be refused: it would close, or open, something else.
    let wanted = match (has_union, has_fields) {
        (true, true) => "unevaluatedProperties",
        (true, false) => return Ok(()),
        (false, _) => "additionalProperties",
    };
    match keys.take(wanted) {
        None if answer || standing.composed => Ok(()),
        Some(closed) if !closed.boolean()? => Ok(()),
        _ => Err(node.error(format!("an object of a request needs `{wanted}: false`"))),
    }
}

/// `oneOf` or `anyOf` of nothing but `required`.
fn alternatives(node: &Node) -> Result<Vec<Vec<String>>> {
    let groups = node.items()?.iter().map(|group| {
        let mut keys = Keys::new(group)?;
        let names = keys.need("required")?.texts()?;
        keys.finish()?;
        if names.is_empty() { Err(group.error("`required` names no member")) } else { Ok(names) }
    });
    groups.collect()
}

/// The member of `anyOf` that the constructor takes.
fn usual(keys: &mut Keys<'_>, at_least_one: &[Vec<String>]) -> Result<Option<String>> {
    let Some(node) = keys.take("x-new") else { return Ok(None) };
    let name = node.text()?.to_owned();
    if at_least_one.contains(&vec![name.clone()]) {
        Ok(Some(name))
    } else {
        Err(node.error(format!("`{name}` is none of the members of `anyOf`")))
    }
}

fn refused(keys: &mut Keys<'_>) -> Result<Vec<Refused>> {
    let Some(node) = keys.take("x-refused") else {
        return Ok(Vec::new());
    };
    let refused = node.members()?.iter().map(|(name, node)| {
        let mut keys = Keys::new(node)?;
        let because = keys.need("because")?.text()?.to_owned();
        let instead = keys.take("instead").map(Node::texts).transpose()?.unwrap_or_default();
        let number = keys.take("rule").map(Node::rule_number).transpose()?;
        keys.finish()?;
        Ok(Refused { name: name.clone(), because, instead, number })
    });
    refused.collect()
}

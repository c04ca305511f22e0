//! Unions: which member is the tag, and who carries it.

use std::collections::BTreeMap;

use super::{Reader, keys::Keys, value::constant};
use crate::{
    error::Result,
    model::{Arm, ArmObject, Enum, Union},
    yaml::Node,
};

/// Whether a `oneOf` is a union of objects, and not a choice between members.
pub(crate) fn is_union(node: &Node) -> Result<bool> {
    let Some(arms) = node.get("oneOf") else {
        return Ok(false);
    };
    let arms = arms.items()?;
    Ok(!arms
        .iter()
        .all(|arm| arm.members().is_ok_and(|keys| keys.iter().all(|(key, _)| key == "required"))))
}

/// The members of a schema that have one value, whatever else it has.
fn constants<'n>(reader: &Reader<'n>, node: &'n Node) -> Result<Vec<(&'n str, &'n str)>> {
    if let Some(reference) = node.get("$ref") {
        let (_, target) = reader.follow(reference)?;
        return constants(reader, target);
    }
    let mut found = Vec::new();
    if let Some(properties) = node.get("properties") {
        for (name, property) in properties.members()? {
            if let Some(value) = constant(property) {
                found.push((name.as_str(), value));
            }
        }
    }
    if node.get("properties").is_none() && is_union(node)? {
        let mut shared: Option<Vec<_>> = None;
        for arm in arms(node)? {
            let of_arm = constants(reader, arm)?;
            shared = Some(match shared {
                None => of_arm,
                Some(shared) => shared.into_iter().filter(|known| of_arm.contains(known)).collect(),
            });
        }
        found.extend(shared.unwrap_or_default());
    }
    Ok(found)
}

fn arms(node: &Node) -> Result<&[Node]> {
    node.get("oneOf").map_or(Ok(&[]), Node::items)
}

/// The member that has one value in each arm, and another in each.
fn tag<'n>(reader: &Reader<'n>, node: &'n Node) -> Result<(&'n str, Vec<&'n str>)> {
    let arms = arms(node)?;
    let of_arms = arms.iter().map(|arm| constants(reader, arm)).collect::<Result<Vec<_>>>()?;
    let candidates = of_arms.first().into_iter().flatten().map(|(name, _)| *name);
    for candidate in candidates {
        let values: Vec<_> = of_arms
            .iter()
            .filter_map(|of_arm| of_arm.iter().find(|(name, _)| *name == candidate))
            .map(|(_, value)| *value)
            .collect();
        if values.len() == arms.len() && alike(&values).is_none() {
            return Ok((candidate, values));
        }
    }
    Err(node.error(
        "the arms of a `oneOf` need a member with another `const` in each, whatever its case",
    ))
}

/// Two values that are the same to whoever reads them in any case.
pub(crate) fn alike<T: AsRef<str>>(values: &[T]) -> Option<(&str, &str)> {
    let mut seen = BTreeMap::new();
    values.iter().map(AsRef::as_ref).find_map(|value| {
        seen.insert(value.to_ascii_lowercase(), value).map(|before| (before, value))
    })
}

/// Finds the tags that unions carry for the schemas that are their arms.
pub(crate) fn carry(reader: &mut Reader<'_>) -> Result<()> {
    let mut before = usize::MAX;
    // A union can be an arm of another one, whose tag its arms have too.
    let mut carried = 0;
    while before != carried {
        before = carried;
        for (name, node) in reader.nodes {
            if !is_union(node)? {
                continue;
            }
            let (tag, _) = tag(reader, node)?;
            let mut tags = reader.carried(name).to_vec();
            tags.push(tag.to_owned());
            for arm in arms(node)? {
                let Some(reference) = arm.get("$ref") else {
                    continue;
                };
                let (target, _) = reader.follow(reference)?;
                let carried = reader.carried.entry(target.to_owned()).or_default();
                for tag in &tags {
                    if !carried.contains(tag) {
                        carried.push(tag.clone());
                    }
                }
            }
        }
        carried = reader.carried.values().map(Vec::len).sum();
    }
    Ok(())
}

impl Reader<'_> {
    pub(crate) fn union(
        &self,
        name: &str,
        node: &Node,
        composed: bool,
        constants: &mut Vec<Enum>,
    ) -> Result<Union> {
        let (tag, values) = tag(self, node)?;
        let mut union = Union {
            tag: tag.to_owned(),
            description: String::new(),
            arms: Vec::new(),
            default: None,
        };
        for (index, (arm, value)) in arms(node)?.iter().zip(values).enumerate() {
            let mut target = arm;
            let object = if let Some(reference) = arm.get("$ref") {
                let mut keys = Keys::new(arm)?;
                keys.take("$ref");
                keys.finish()?;
                let (name, schema) = self.follow(reference)?;
                target = schema;
                ArmObject::Named(name.to_owned())
            } else {
                ArmObject::Inline(Box::new(self.inline(name, arm, tag, composed, constants)?))
            };
            let property = target.get("properties").and_then(|properties| properties.get(tag));
            if let Some(description) = property.and_then(|property| property.get("description"))
                && union.description.is_empty()
            {
                description.text()?.clone_into(&mut union.description);
            }
            let required = target.get("required").map_or(Ok(Vec::new()), Node::texts)?;
            let is_union = target.get("properties").is_none();
            if !is_union && !required.iter().any(|name| name == tag) {
                if union.default.is_some() {
                    return Err(arm.error(format!("two arms do without `{tag}`")));
                }
                union.default = Some(index);
            }
            union.arms.push(Arm { value: value.to_owned(), object });
        }
        Ok(union)
    }
}

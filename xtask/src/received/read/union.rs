//! Unions whose last arm takes what the others do not know.

use super::Reader;
use crate::{
    error::Result,
    read::{alike, keys::Keys},
    received::model::{Arm, Union},
    yaml::Node,
};

impl Reader<'_> {
    pub(super) fn union(&self, name: &str, node: &Node) -> Result<Union> {
        let mut keys = Keys::new(node)?;
        let description = keys.need("description")?.text()?.to_owned();
        let arms = keys.need("oneOf")?;
        keys.finish()?;
        let Some((last, known)) = arms.items()?.split_last() else {
            return Err(arms.error("a union needs arms"));
        };
        if !last.get("x-unknown").map_or(Ok(false), Node::boolean)? {
            return Err(last.error("the last arm of a union of answers has `x-unknown: true`"));
        }
        let tag = unknown_tag(last)?;
        let mut union = Union {
            place: node.place.clone(),
            name: name.to_owned(),
            description,
            tag: tag.to_owned(),
            arms: Vec::new(),
            default: None,
        };
        for arm in known {
            let (read, is_default) = self.arm(arm, tag)?;
            if is_default && union.default.replace(union.arms.len()).is_some() {
                return Err(arm.error(format!("two arms do without `{tag}`")));
            }
            union.arms.push(read);
        }
        let excluded =
            last.at(&format!("/properties/{tag}/not/enum")).map(Node::texts).transpose()?;
        let values: Vec<_> = union.arms.iter().map(|arm| arm.value.clone()).collect();
        if excluded.as_ref() != Some(&values) {
            let values = values.join(", ");
            return Err(
                last.error(format!("`not.enum` of the tag has to be [{values}], in this order"))
            );
        }
        let all: Vec<_> =
            union.arms.iter().flat_map(|arm| arm.spellings.iter().chain([&arm.value])).collect();
        if let Some((one, other)) = alike(&all) {
            return Err(arms.error(format!(
                "`{one}` and `{other}` cannot be told apart, because tags are read in any case"
            )));
        }
        Ok(union)
    }

    /// An arm, and whether it does without a tag.
    fn arm(&self, node: &Node, tag: &str) -> Result<(Arm, bool)> {
        let mut keys = Keys::new(node)?;
        keys.expect_type("object")?;
        let description = keys.need("description")?.text()?.to_owned();
        let required = node.get("required").map_or(Ok(Vec::new()), Node::texts)?;
        let mut members = self.members(&mut keys, Some(tag))?;
        keys.leave_to_shown();
        keys.finish()?;
        let property = node.at(&format!("/properties/{tag}"));
        let property = property.ok_or_else(|| node.error(format!("the arm has no `{tag}`")))?;
        let mut keys = Keys::new(property)?;
        keys.expect_type("string")?;
        keys.need("description")?;
        let value = keys.need("const")?.text()?.to_owned();
        let spellings = keys.take("x-lenient").map(crate::read::aliases).transpose()?;
        keys.finish()?;
        let spellings = spellings.unwrap_or_default().into_iter().map(|(spelling, stands_for)| {
            if stands_for == value {
                Ok(spelling)
            } else {
                Err(property.error(format!("`{spelling}` cannot stand for `{stands_for}` here")))
            }
        });
        let spellings = spellings.collect::<Result<_>>()?;
        let several = if self.each_says_answer { std::mem::take(&mut members) } else { Vec::new() };
        let member = members.pop();
        if !members.is_empty() {
            return Err(
                node.error("an arm has one member beside its tag: give the others a schema")
            );
        }
        if let Some(member) = &member
            && (!member.aliases.is_empty() || member.event.is_some())
        {
            return Err(node.error("the member of an arm has neither `x-aliases` nor `x-event`"));
        }
        let is_default = !required.iter().any(|name| name == tag);
        Ok((Arm { value, spellings, description, member, several }, is_default))
    }
}

/// The tag that the last arm names.
fn unknown_tag(last: &Node) -> Result<&str> {
    let mut keys = Keys::new(last)?;
    keys.expect_type("object")?;
    keys.take("description");
    keys.take("x-unknown");
    keys.take("required");
    let properties = keys.need("properties")?.members()?;
    keys.finish()?;
    let [(tag, property)] = properties else {
        return Err(last.error("the last arm of a union has the tag as its only member"));
    };
    let mut keys = Keys::new(property)?;
    keys.expect_type("string")?;
    let mut not = Keys::new(keys.need("not")?)?;
    not.need("enum")?;
    not.finish()?;
    keys.finish()?;
    Ok(tag)
}

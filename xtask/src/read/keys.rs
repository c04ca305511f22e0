//! The keywords of a schema, each of which has to be asked for.

use std::collections::HashSet;

use crate::{
    error::Result,
    yaml::{Node, Value},
};

/// Keywords that only annotate, and are carried nowhere.
const ANNOTATIONS: [&str; 3] = ["$comment", "default", "examples"];

/// The keywords of a schema.
pub(crate) struct Keys<'n> {
    node: &'n Node,
    taken: HashSet<&'static str>,
}

impl<'n> Keys<'n> {
    pub(crate) fn new(node: &'n Node) -> Result<Self> {
        node.members()?;
        Ok(Self { node, taken: ANNOTATIONS.into() })
    }

    pub(crate) fn take(&mut self, name: &'static str) -> Option<&'n Node> {
        self.taken.insert(name);
        self.node.get(name)
    }

    pub(crate) fn need(&mut self, name: &'static str) -> Result<&'n Node> {
        let node = self.node;
        self.take(name).ok_or_else(|| node.error(format!("`{name}` is missing")))
    }

    /// A text, empty when it is not there.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<String> {
        Ok(self.take(name).map(Node::text).transpose()?.unwrap_or_default().to_owned())
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> Result<bool> {
        Ok(self.take(name).map(Node::boolean).transpose()?.unwrap_or_default())
    }

    pub(crate) fn count(&mut self, name: &'static str) -> Result<Option<usize>> {
        self.take(name).map(Node::count).transpose()
    }

    pub(crate) fn expect_type(&mut self, name: &str) -> Result<()> {
        let node = self.need("type")?;
        if node.text()? == name {
            Ok(())
        } else {
            Err(node.error(format!("the `type` has to be `{name}` here")))
        }
    }

    /// The numbers of rules: one for every keyword, or one by keyword.
    pub(crate) fn rule_numbers(&mut self, keywords: &[&str]) -> Result<Vec<(String, u16)>> {
        let Some(node) = self.take("x-rule") else {
            return Ok(Vec::new());
        };
        let Value::Map(members) = &node.value else {
            return Ok(vec![("any".to_owned(), node.rule_number()?)]);
        };
        let numbers = members.iter().map(|(keyword, number)| {
            if keywords.contains(&keyword.as_str()) {
                Ok((keyword.clone(), number.rule_number()?))
            } else {
                let message = format!("`x-rule` takes {} here", keywords.join(", "));
                Err(number.error(message))
            }
        });
        numbers.collect()
    }

    /// Refuses every keyword that nobody asked for.
    pub(crate) fn finish(self) -> Result<()> {
        let left =
            self.node.members()?.iter().find(|(name, _)| !self.taken.contains(name.as_str()));
        match left {
            None => Ok(()),
            Some((name, node)) => {
                Err(node.error(format!("the generator does not carry `{name}` through here")))
            }
        }
    }
}

/// The number of the rule that asks for a member.
pub(crate) fn required_number(numbers: &mut Vec<(String, u16)>) -> Option<u16> {
    let at = numbers.iter().position(|(keyword, _)| keyword == "required");
    match at {
        Some(at) => Some(numbers.remove(at).1),
        None => numbers.iter().find(|(keyword, _)| keyword == "any").map(|(_, number)| *number),
    }
}

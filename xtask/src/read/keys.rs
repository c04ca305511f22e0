//! The keywords of a schema, each of which has to be asked for.

use std::collections::HashSet;

use crate::{
    error::Result,
    yaml::{Node, Value},
};

/// Keywords that only annotate, and are carried nowhere.
const ANNOTATIONS: [&str; 3] = ["$comment", "default", "examples"];

/// Properties by their names, and the names of those that are required.
type Properties<'n> = (&'n [(String, Node)], Vec<String>);

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

    /// Leaves `x-shown` to its own reader, which refuses what it does not understand.
    pub(crate) fn leave_to_shown(&mut self) {
        self.take("x-shown");
    }

    pub(crate) fn need(&mut self, name: &'static str) -> Result<&'n Node> {
        let node = self.node;
        self.take(name).ok_or_else(|| node.error(format!("`{name}` is missing")))
    }

    /// A text, empty when it is not there.
    pub(crate) fn text(&mut self, name: &'static str) -> Result<String> {
        Ok(self.take(name).map(Node::text).transpose()?.unwrap_or_default().to_owned())
    }

    /// Names, none when they are not there.
    pub(crate) fn names(&mut self, name: &'static str) -> Result<Vec<String>> {
        self.take(name).map_or(Ok(Vec::new()), Node::texts)
    }

    /// The properties, and the names of those that are required, each of which has to be there.
    pub(crate) fn properties(&mut self) -> Result<Properties<'n>> {
        let required = self.take("required");
        let names = required.map_or(Ok(Vec::new()), Node::texts)?;
        let properties = self.take("properties").map_or(Ok(&[][..]), Node::members)?;
        if let Some(unknown) =
            names.iter().find(|name| !properties.iter().any(|(known, _)| known == *name))
            && let Some(required) = required
        {
            return Err(required.error(format!("there is no member `{unknown}`")));
        }
        Ok((properties, names))
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
            if !keywords.contains(&keyword.as_str()) {
                let message = format!("`x-rule` takes {} here", keywords.join(", "));
                return Err(number.key_error(message, "never asked for", None));
            }
            if !self.decides(keyword) {
                let message = format!("`x-rule` numbers `{keyword}`, which is not here");
                return Err(number.key_error(message, "decides nothing", None));
            }
            Ok((keyword.clone(), number.rule_number()?))
        });
        numbers.collect()
    }

    /// Whether a keyword is there, so that a number of a rule can belong to it.
    fn decides(&self, keyword: &str) -> bool {
        match keyword {
            // Whether a member is required stands in the object around it, and every object of a
            // request is closed.
            "required" => true,
            "additionalProperties" => !self.has("x-answer"),
            // What the keywords of a `$ref` are is seen where it is followed.
            _ if self.has("$ref") => true,
            "x-format" => self.has("x-format") || self.has("format"),
            _ => self.has(keyword),
        }
    }

    fn has(&self, keyword: &str) -> bool {
        self.node.get(keyword).is_some()
    }

    /// Refuses every keyword that nobody asked for.
    pub(crate) fn finish(self) -> Result<()> {
        let left =
            self.node.members()?.iter().find(|(name, _)| !self.taken.contains(name.as_str()));
        match left {
            None => Ok(()),
            Some((name, node)) => {
                let message = format!("the generator does not carry `{name}` through here");
                let near = self
                    .taken
                    .iter()
                    .map(|known| (strsim::damerau_levenshtein(known, name), known));
                let near = near.filter(|(distance, _)| *distance <= 2).min();
                let help = near.map(|(_, known)| format!("did you mean `{known}`?"));
                Err(node.key_error(message, "not carried through", help))
            }
        }
    }
}

/// A part of a sentence: it stands behind a colon or a semicolon.
pub(crate) fn sentence(node: &Node) -> Result<String> {
    let text = node.text()?;
    if text.is_empty() || text.ends_with('.') || text.chars().any(char::is_control) {
        return Err(
            node.error("expected a part of a sentence, in one line and without a full stop")
        );
    }
    Ok(text.to_owned())
}

/// The number of the rule that asks for a member.
pub(crate) fn required_number(numbers: &mut Vec<(String, u16)>) -> Option<u16> {
    let at = numbers.iter().position(|(keyword, _)| keyword == "required");
    match at {
        Some(at) => Some(numbers.remove(at).1),
        None => numbers.iter().find(|(keyword, _)| keyword == "any").map(|(_, number)| *number),
    }
}

//! Templates filled in: the texts and buttons of a definition, with the values of a message.

use std::collections::HashMap;

use serde_json::Value;
use wa_message_core::templates::{Definition, DefinitionButton, DefinitionParts};
use wa_message_rules::definition::{filled, table::Role as Part};
use wa_message_spec::{
    shown::{Object, Role, Shown, sent},
    templates::DEMANDS,
};

use crate::nodes::{self, Node};

/// A message that is made from a template.
pub(crate) struct Sent<'m> {
    template: &'m Value,
    pub(crate) name: &'m str,
    pub(crate) language: &'m str,
}

impl<'m> Sent<'m> {
    /// Finds the template of a message, if it is made from one.
    pub(crate) fn of(message: &'m Value) -> Option<Self> {
        let sent = &DEMANDS.sent;
        let template = at(message, sent.way)?;
        let name = template.get(sent.name)?.as_str()?;
        let language = at(template, sent.language)?.as_str()?;
        Some(Self { template, name, language })
    }

    /// The parts of the definition, filled in.
    pub(crate) fn filled(&self, definition: Definition<'_>) -> Vec<Node<'m>> {
        let sent = &DEMANDS.sent;
        let Some(table) = table() else { return Vec::new() };
        let is_for_codes = definition.is_for_codes();
        let values = Values { components: components(self.template), table, is_for_codes };
        let mut nodes = values.parts(definition.parts());
        let cards: Vec<_> = definition.cards().collect();
        let carousel = values.component(DEMANDS.sent_as(Part::Cards));
        let given = carousel.and_then(|component| component.get(sent.cards)?.as_array());
        for (at, card) in given.into_iter().flatten().enumerate() {
            // A message may have more cards than a definition that has but one for all of them.
            let Some(parts) = cards.get(at).or(cards.last()) else { break };
            let values = Values { components: components(card), ..values };
            let shown = Shown { role: Role::Card, says: "", answer: "" };
            nodes.push(Node::holding(shown, values.parts(*parts)));
        }
        nodes
    }
}

/// The value at a way.
fn at<'j>(json: &'j Value, way: &[&str]) -> Option<&'j Value> {
    way.iter().try_fold(json, |json, name| json.get(name))
}

/// The components of a template or of a card.
fn components(json: &Value) -> &[Value] {
    json.get(DEMANDS.sent.components).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The table of a component.
fn table() -> Option<&'static Object> {
    let root = sent::MESSAGES.iter().find_map(|root| member(root, DEMANDS.sent.way.first()?))?;
    let rest = DEMANDS.sent.way.get(1..)?.iter().chain([&DEMANDS.sent.components]);
    rest.into_iter().try_fold(root, |object, name| member(object, name))
}

/// The object that is a member of another one, whatever its tag says.
fn member(object: &'static Object, name: &str) -> Option<&'static Object> {
    let own = object.fields.iter().find(|field| field.name == name);
    own.and_then(|field| field.object).or_else(|| {
        let arms = object.tag.into_iter().flat_map(|tag| tag.arms);
        arms.into_iter().find_map(|arm| member(arm.object, name))
    })
}

/// The values of a template or of a card, by component.
struct Values<'m> {
    components: &'m [Value],
    table: &'static Object,
    /// Whether the value of a button is the code, which it copies.
    is_for_codes: bool,
}

impl<'m> Values<'m> {
    fn component(&self, kind: &str) -> Option<&'m Value> {
        self.components.iter().find(|component| is(component, DEMANDS.sent.tag, kind))
    }

    fn parts(&self, parts: DefinitionParts<'_>) -> Vec<Node<'m>> {
        let mut nodes = self.header(parts);
        let values = self.variables(DEMANDS.sent_as(Part::Body));
        let text = match parts.body() {
            Some(text) => fill(text, parts.variables(), &values),
            // The API writes it, around the values.
            None => values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(" "),
        };
        nodes.push(Node::value(Role::Text, text));
        nodes.extend(self.others());
        nodes.extend(parts.footer().map(|footer| Node::value(Role::Footer, footer.to_owned())));
        nodes.extend(parts.buttons().map(|button| self.button(button)));
        nodes
    }

    fn header(&self, parts: DefinitionParts<'_>) -> Vec<Node<'m>> {
        let Some(header) = parts.header() else { return Vec::new() };
        let kind = DEMANDS.sent_as(Part::Header);
        if let Some(text) = header.text() {
            let text = fill(text, header.variables(), &self.variables(kind));
            return vec![Node::value(Role::Heading, text)];
        }
        let given = self.component(kind).map(|component| nodes::of(component, self.table));
        given.unwrap_or_default()
    }

    /// What is shown of components that fill no header, text, button or card.
    fn others(&self) -> Vec<Node<'m>> {
        let known = [Part::Header, Part::Body, Part::Buttons, Part::Cards]
            .map(|part| DEMANDS.sent_as(part));
        let others = self
            .components
            .iter()
            .filter(|component| !known.iter().any(|kind| is(component, DEMANDS.sent.tag, kind)));
        others.flat_map(|component| nodes::of(component, self.table)).collect()
    }

    /// The values of variables, with their names where they have some.
    fn variables(&self, kind: &str) -> Vec<(Option<String>, String)> {
        let component = self.component(kind);
        let nodes = component.map(|component| nodes::of(component, self.table)).unwrap_or_default();
        let variables = nodes.iter().filter(|node| node.role() == Role::Variable);
        let variables = variables.map(|node| {
            let text = node.first(Role::Text).unwrap_or_default().to_owned();
            (node.first(Role::VariableName).map(str::to_owned), text)
        });
        variables.collect()
    }

    fn button(&self, button: DefinitionButton<'_>) -> Node<'m> {
        let sent = &DEMANDS.sent;
        let kind = DEMANDS.button(button.kind());
        let sent_as = kind.map(|kind| kind.sent_as).filter(|sent_as| !sent_as.is_empty());
        let index = button.index().to_string();
        let component = self.components.iter().find(|component| {
            is(component, sent.tag, sent.button)
                && is(component, sent.sub_type, sent_as.unwrap_or_default())
                && is(component, sent.index, &index)
        });
        let given =
            component.and_then(|component| nodes::of(component, self.table).into_iter().next());
        let plain = Shown { role: Role::Button, says: "", answer: "" };
        // Without values it is the button that such a component would fill.
        let mut node = given.unwrap_or_else(|| {
            let shown =
                sent_as.and_then(|sent_as| arm(arm(self.table, sent.button)?, sent_as)?.shown);
            Node::holding(shown.unwrap_or(plain), Vec::new())
        });
        let value = node.first(Role::Url).map(str::to_owned);
        node.nodes.retain(|node| node.role() != Role::Url);
        if self.is_for_codes || kind.is_some_and(|kind| kind.is_code) {
            node.shown = Shown { role: Role::Copy, ..node.shown };
            node.nodes.extend(value.map(|code| Node::value(Role::Code, code)));
        } else if let Some(address) = button.address() {
            let address = filled(address, |_| value.as_deref());
            node.nodes.push(Node::value(Role::Url, address));
        } else if node.role() == Role::Link {
            node.shown = plain;
        }
        node.nodes.extend(button.text().map(|text| Node::value(Role::Title, text.to_owned())));
        node
    }
}

/// What a value of a tag chooses.
fn arm(object: &'static Object, value: &str) -> Option<&'static Object> {
    object.tag?.chosen(Some(value)).map(|arm| arm.object)
}

/// Whether a member has a value. Indexes are numbers or texts.
fn is(json: &Value, member: &str, value: &str) -> bool {
    match json.get(member) {
        Some(Value::String(text)) => text.eq_ignore_ascii_case(value),
        Some(Value::Number(number)) => number.to_string() == value,
        _ => false,
    }
}

/// Fills the variables of a text: by their names, or in their order.
fn fill<'n>(
    text: &str,
    names: impl Iterator<Item = &'n str>,
    values: &[(Option<String>, String)],
) -> String {
    let in_order = names
        .zip(values)
        .map(|(name, (given, value))| (given.as_deref().unwrap_or(name), value.as_str()));
    let by_name: HashMap<_, _> = in_order.collect();
    filled(text, |name| by_name.get(name).copied())
}

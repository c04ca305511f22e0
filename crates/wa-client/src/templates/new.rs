//! A template that is to be created, with the limits of the API.

mod check;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use serde_json::{Map, Value};
use wa_message_core::{__shared::Role, Violation};
use wa_message_spec::templates::{DEMANDS, create};

use super::{
    TemplateError,
    generated::answers::{ButtonKind, HeaderFormat},
    kinds::FOOTER,
    samples::{self, Samples},
};

/// The definition of a template that is to be created.
///
/// It is built from its parts, or read from JSON. How its variables are written is found out from its texts, and said to
/// the API. [`check`](Self::check) holds it against the limits of the API, and so does
/// [`create`](super::TemplatesClient::create) before anything is sent.
///
/// ```
/// use wa_message::client::templates::{NewButton, NewHeader, NewTemplate};
///
/// let ready = NewTemplate::new("order_ready", "en_US", "UTILITY")
///     .header(NewHeader::text("Order {{1}}", ["17"]))
///     .body("Hi {{1}}, your order waits until {{2}}.", ["Ada", "eight"])
///     .footer("Bakery Nord")
///     .button(NewButton::url("Track", "https://example.org/o/{{1}}").sample("https://example.org/o/17"));
/// assert!(ready.check().is_ok());
///
/// let shouting = NewTemplate::new("Order Ready", "en_US", "UTILITY").body("Hi", ());
/// assert_eq!(shouting.check().unwrap_err()[0].path(), "name");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NewTemplate {
    members: Map<String, Value>,
}

/// The header of a template or of a card that is to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct NewHeader(Map<String, Value>);

/// A button of a template or of a card that is to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct NewButton(Map<String, Value>);

/// A card of a carousel that is to be created.
///
/// ```
/// use wa_message::client::templates::{ButtonKind, NewButton, NewCard, NewHeader, NewTemplate};
///
/// let card = |handle: &str| {
///     NewCard::new(NewHeader::image(handle)).button(NewButton::new(ButtonKind::QuickReply, "More"))
/// };
/// let template = NewTemplate::new("breads", "en_US", "MARKETING")
///     .body("Fresh from the oven", ())
///     .card(card("4::aW1hZ2U"))
///     .card(card("4::b3RoZXI"));
/// assert!(template.check().is_ok());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NewCard(Vec<Value>);

/// What a definition is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Create,
    Edit,
}

impl NewTemplate {
    /// A template without parts. `category` is a [`TemplateCategory`](super::TemplateCategory), or its name.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // Names and words are written in place.
    pub fn new(
        name: impl Into<String>,
        language: impl Into<String>,
        category: impl ToString,
    ) -> Self {
        let known = &DEMANDS.members;
        let texts = [
            (known.name, name.into()),
            (known.language, language.into()),
            (known.category, category.to_string()),
        ];
        let members = texts.map(|(name, text)| (name.to_owned(), text.into()));
        Self { members: members.into_iter().collect() }
    }

    /// Reads a definition from the JSON that creates it. What a list answers cannot be created again: it has members that
    /// a creation does not take.
    ///
    /// ```
    /// use wa_message::client::templates::NewTemplate;
    ///
    /// let hello = NewTemplate::from_json(
    ///     r#"{ "name": "hello", "language": "de", "category": "UTILITY",
    ///         "components": [{ "type": "BODY", "text": "Hallo" }] }"#,
    /// )?;
    /// assert!(hello.check().is_ok());
    /// # Ok::<_, wa_message::client::templates::TemplateError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is no JSON object.
    pub fn from_json(text: &str) -> Result<Self, TemplateError> {
        match serde_json::from_str(text) {
            Ok(Value::Object(members)) => Ok(Self { members }),
            Ok(_) => Err(TemplateError::not_json(None)),
            Err(error) => Err(TemplateError::not_json(Some(error))),
        }
    }

    /// Sets the header.
    #[must_use]
    pub fn header(self, header: NewHeader) -> Self {
        self.component(Value::Object(header.0))
    }

    /// Sets the text, with a sample for each of its variables: by their numbers or by their names, or `()` for none.
    #[must_use]
    pub fn body(self, text: impl Into<String>, samples: impl Into<Samples>) -> Self {
        self.component(body(text.into(), &samples.into()))
    }

    /// Sets the footer, which has no variable.
    #[must_use]
    pub fn footer(self, text: impl Into<String>) -> Self {
        let mut footer = of_kind(FOOTER);
        footer.insert(DEMANDS.members.text.to_owned(), text.into().into());
        self.component(Value::Object(footer))
    }

    /// Adds a button. Their order is that of their indexes.
    #[must_use]
    pub fn button(mut self, button: NewButton) -> Self {
        self.change(|parts| push_inside(parts, Role::Buttons, DEMANDS.members.buttons, button.0));
        self
    }

    /// Adds a card.
    #[must_use]
    pub fn card(mut self, card: NewCard) -> Self {
        let components = (DEMANDS.members.components.to_owned(), Value::Array(card.0));
        let card = [components].into_iter().collect();
        self.change(|parts| push_inside(parts, Role::Cards, DEMANDS.members.cards, card));
        self
    }

    /// Adds a component as JSON, for what has no method here.
    #[must_use]
    pub fn component(mut self, json: Value) -> Self {
        self.change(|parts| parts.push(json));
        self
    }

    /// Sets a member as JSON, for what has no method here: `message_send_ttl_seconds`.
    #[must_use]
    pub fn member(mut self, name: impl Into<String>, json: impl Into<Value>) -> Self {
        self.members.insert(name.into(), json.into());
        self
    }

    /// Holds it against the limits of the API.
    ///
    /// # Errors
    ///
    /// What is wrong with it, each with the path of the member.
    pub fn check(&self) -> Result<(), Vec<Violation>> {
        check::check(&self.written(Purpose::Create), Purpose::Create)
    }

    /// Returns the JSON that creates it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.written(Purpose::Create)
    }

    /// The JSON for a purpose, if it breaks no limit.
    pub(super) fn checked(&self, purpose: Purpose) -> Result<Vec<u8>, TemplateError> {
        let json = self.written(purpose);
        check::check(&json, purpose).map_err(TemplateError::invalid)?;
        Ok(json.to_string().into_bytes())
    }

    fn written(&self, purpose: Purpose) -> Value {
        let known = &DEMANDS.members;
        let mut members = self.members.clone();
        let (format, _) = known.parameter_format;
        if !members.contains_key(format)
            && let Some(derived) = check::parameter_format(&members)
        {
            members.insert(format.to_owned(), derived.as_str().into());
        }
        if purpose == Purpose::Edit {
            // A change takes fewer members, and an approved template keeps its category.
            let is_taken =
                |name: &str| create::TEMPLATE_EDIT.fields.iter().any(|field| field.name == name);
            members.retain(|name, _| name != known.category && is_taken(name));
        }
        Value::Object(members)
    }

    /// Changes the array of components. What stands in its place and is none is lost.
    fn change(&mut self, change: impl FnOnce(&mut Vec<Value>)) {
        let name = DEMANDS.members.components;
        let mut components = items(self.members.remove(name));
        change(&mut components);
        self.members.insert(name.to_owned(), components.into());
    }
}

impl FromStr for NewTemplate {
    type Err = TemplateError;

    /// Reads a definition as [`from_json`](Self::from_json) does.
    fn from_str(text: &str) -> Result<Self, TemplateError> {
        Self::from_json(text)
    }
}

impl NewHeader {
    /// A text of at most 60 characters, with a sample for its variable, if it has one, or `()` for none.
    #[must_use]
    pub fn text(text: impl Into<String>, samples: impl Into<Samples>) -> Self {
        // Of all formats, the one with a variable is the text.
        let text_format = DEMANDS.formats.iter().find(|format| format.by_variable);
        let mut header = Self::of(HeaderFormat::from(text_format.map_or("", |format| format.name)));
        header.0.insert(DEMANDS.members.text.to_owned(), text.into().into());
        let samples: Samples = samples.into();
        match samples.written(&samples::HEADER) {
            Some(example) => header.with_example(example),
            None => header,
        }
    }

    /// A header of a format.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // Formats are written in place.
    pub fn of(format: HeaderFormat) -> Self {
        let mut header = of_role(Role::Header);
        header.insert(DEMANDS.members.format.to_owned(), format.as_str().into());
        Self(header)
    }

    /// Sets the samples as JSON.
    #[must_use]
    pub fn with_example(mut self, json: impl Into<Value>) -> Self {
        self.0.insert(DEMANDS.members.example.to_owned(), json.into());
        self
    }
}

impl NewButton {
    /// A button of a kind.
    #[must_use]
    pub fn new(kind: ButtonKind, text: impl Into<String>) -> Self {
        Self::bare(kind).with(DEMANDS.members.text, text.into())
    }

    /// A button of a kind that has no text of its own.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // Kinds are written in place.
    pub fn bare(kind: ButtonKind) -> Self {
        Self(of_kind(kind.as_str()))
    }

    /// Sets a member as JSON.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, json: impl Into<Value>) -> Self {
        self.0.insert(name.into(), json.into());
        self
    }

    /// Sets the sample of its variable: the whole address.
    #[must_use]
    pub fn sample(self, sample: impl Into<String>) -> Self {
        self.with(DEMANDS.members.example, vec![sample.into()])
    }
}

impl NewCard {
    /// A card with a header. All cards have headers of one format.
    #[must_use]
    pub fn new(header: NewHeader) -> Self {
        Self(vec![Value::Object(header.0)])
    }

    /// Sets the text, with a sample for each of its variables.
    #[must_use]
    pub fn body(mut self, text: impl Into<String>, samples: impl Into<Samples>) -> Self {
        self.0.push(body(text.into(), &samples.into()));
        self
    }

    /// Adds a button. A card has at most 2.
    #[must_use]
    pub fn button(mut self, button: NewButton) -> Self {
        push_inside(&mut self.0, Role::Buttons, DEMANDS.members.buttons, button.0);
        self
    }
}

/// A component of a kind.
fn of_kind(kind: impl Into<String>) -> Map<String, Value> {
    [(DEMANDS.members.tag.to_owned(), kind.into().into())].into_iter().collect()
}

/// A component of a role.
fn of_role(role: Role) -> Map<String, Value> {
    let kind = DEMANDS.components.iter().find(|kind| kind.role == role);
    of_kind(kind.map_or("", |kind| kind.name))
}

fn body(text: String, samples: &Samples) -> Value {
    let mut body = of_role(Role::Body);
    body.insert(DEMANDS.members.text.to_owned(), text.into());
    if let Some(example) = samples.written(&samples::BODY) {
        body.insert(DEMANDS.members.example.to_owned(), example);
    }
    Value::Object(body)
}

/// Adds an item to the array of the component of a role, which is made if there is none.
fn push_inside(components: &mut Vec<Value>, role: Role, name: &str, item: Map<String, Value>) {
    let tag = of_role(role);
    let is_it =
        |component: &Value| component.get(DEMANDS.members.tag) == tag.get(DEMANDS.members.tag);
    let at = components.iter().position(is_it).unwrap_or_else(|| {
        components.push(Value::Object(tag.clone()));
        components.len() - 1
    });
    if let Some(Value::Object(component)) = components.get_mut(at) {
        let mut items = items(component.remove(name));
        items.push(Value::Object(item));
        component.insert(name.to_owned(), items.into());
    }
}

fn items(array: Option<Value>) -> Vec<Value> {
    match array {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

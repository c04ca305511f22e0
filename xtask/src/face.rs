//! The public face: what users of the library see of a description, and nothing else.
//!
//! It is kept as keywords and what they say, not as the model. So a keyword that the model learns
//! later is compared and written down without an edit here.

mod fact;
mod of;
mod text;

pub use fact::Fact;

use crate::{error::Result, media, read, received, templates, yaml};

/// What users of the library see of a description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Face {
    /// The address and the version of the API.
    pub api: Facts,
    /// The kinds of message, with the request body and the tags that lead to them.
    pub kinds: Facts,
    /// The codes of errors: the name of each, with its codes and what it means.
    pub codes: Facts,
    /// The named schemas.
    pub schemas: Vec<Entry>,
    /// What comes back: the fields, with the group of each, and the named schemas. Nothing if the description
    /// says nothing of it.
    pub webhooks: Option<(Facts, Vec<Entry>)>,
    /// The files of messages: what goes for all of them, and the kinds. Nothing if the description says nothing of
    /// them.
    pub media: Option<(Facts, Vec<Entry>)>,
    /// The definitions of templates. Nothing if the description says nothing of them.
    pub templates: Option<TemplatesFace>,
}

/// What users see of templates.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TemplatesFace {
    /// The requests, what they are refused with, and what a definition demands of a message.
    pub rows: Vec<Entry>,
    /// What is read and written.
    pub schemas: Vec<Entry>,
}

/// Keywords and what they say.
pub type Facts = Vec<(String, Fact)>;

/// A schema, an arm of a union or a member.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// The name, or the value of the tag.
    pub name: String,
    /// What its keywords say.
    pub facts: Facts,
    /// Its members, in the order of the description.
    pub members: Vec<Entry>,
    /// The arms of its union.
    pub arms: Vec<Entry>,
}

impl Entry {
    /// What a keyword says.
    #[must_use]
    pub fn fact(&self, keyword: &str) -> Option<&Fact> {
        self.facts.iter().find(|(known, _)| known == keyword).map(|(_, fact)| fact)
    }

    /// Whether a keyword says `true`.
    #[must_use]
    pub fn is(&self, keyword: &str) -> bool {
        self.fact(keyword) == Some(&Fact::Boolean(true))
    }
}

impl Face {
    /// What it describes. A snapshot has several subjects.
    pub fn subjects(&self) -> impl Iterator<Item = &'static str> {
        let all = [
            (!self.schemas.is_empty(), "what is sent"),
            (self.webhooks.is_some(), "what comes back"),
            (self.media.is_some(), "files"),
            (self.templates.is_some(), "templates"),
        ];
        all.into_iter().filter_map(|(is_there, subject)| is_there.then_some(subject))
    }

    /// The face of a description, or of a snapshot of one.
    ///
    /// # Errors
    ///
    /// When it is neither, or the generator does not carry the description through.
    pub fn read(text: &str) -> Result<Self> {
        let document = yaml::read(text)?;
        if document.get("openapi").is_none() && document.get("kinds").is_some() {
            return text::parse(&document);
        }
        if document.get("webhooks").is_some() {
            let webhooks = Some(received::face(&received::read(text)?));
            return Ok(Self { webhooks, ..Self::default() });
        }
        if media::is_media(&document) {
            let media = Some(media::face(&media::tables(&document)?));
            return Ok(Self { media, ..Self::default() });
        }
        if templates::is_templates(&document) {
            let templates = Some(templates::face(&templates::read(&document)?, &document)?);
            return Ok(Self { templates, ..Self::default() });
        }
        Self::of(&read::read(text)?, &document)
    }
}

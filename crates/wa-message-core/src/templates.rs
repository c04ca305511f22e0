//! The definitions of templates while a program runs: what a message made from one has to have.
//!
//! [`Templates`] is a set of them, from files or from JSON. Names and languages that a program chooses are checked
//! with it, and so are messages of other languages. `wa_message!` holds what it knows against the same definitions by
//! the same rules.

#[cfg(feature = "templates")]
mod diff;
mod error;
mod load;
mod node;
#[cfg(feature = "templates")]
pub mod normal;
mod quick;
#[cfg(test)]
mod tests;
mod view;

use std::{fmt, path::Path, str::FromStr, sync::Arc};

use wa_message_rules::definition::Definitions;
use wa_message_spec::templates::DEMANDS;

use self::quick::Plans;
use crate::{InvalidMessage, Lint, Message, json::Tree};

#[cfg(feature = "templates")]
pub use self::diff::{ButtonShape, Change, ChangeClass, ChangeKind, ChangedText, Diff, diff};
pub use self::{
    error::{TemplatesError, TemplatesErrorKind},
    view::{Definition, DefinitionButton, DefinitionHeader, DefinitionParts},
};
#[doc(inline)]
pub use wa_message_rules::{definition::Fault, json::Place};

/// The definitions of an account's templates, against which messages are held.
///
/// They are what the list of templates answers, or what creates a template: a page, an array, or one definition.
/// A clone is cheap and has the same definitions. What a definition demands is found out when a message first asks
/// for its name, so that a thousand of them cost a program that uses three next to nothing.
///
/// ```
/// use wa_message::{Templates, wa_message};
///
/// let templates = Templates::from_json(
///     r#"{
///         "name": "order_ready", "language": "en_US", "status": "APPROVED", "category": "UTILITY",
///         "components": [{ "type": "BODY", "text": "Hi {{1}}, order {{2}} is ready." }]
///     }"#,
/// )?;
/// let name = "order_ready".to_owned();
/// let message = wa_message! { <template> to: "+15550100", name, language: "en_US", body: ["Ada"] }?;
///
/// let invalid = templates.check(&message).unwrap_err();
/// let violation = &invalid.violations()[0];
/// assert_eq!(
///     violation.to_string(),
///     "the body of `order_ready` (en_US) takes 2 variables, and 1 is given"
/// );
/// assert_eq!(violation.note().as_deref(), Some("Hi {{1}}, order {{2}} is ready."));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// A client that has them, by `ClientBuilder::templates`, refuses what does not fit before it is sent.
#[derive(Clone)]
pub struct Templates(Arc<Held>);

struct Held {
    definitions: Definitions,
    plans: Plans,
}

impl Templates {
    /// Reads definitions from a file, or from the files of a folder whose names end with `.json`, in the order of
    /// their names, also of folders in it. What begins with a dot is passed over. It takes the files that
    /// `wa_message!` takes.
    ///
    /// ```no_run
    /// use wa_message::Templates;
    ///
    /// let templates = Templates::load("whatsapp-templates")?;
    /// for fault in templates.faults() {
    ///     eprintln!("{fault}");
    /// }
    /// # Ok::<_, wa_message::templates::TemplatesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If something cannot be read, if there is no such file, or if a file has anything in it that is no definition.
    /// What is wrong inside of a definition is among the [faults](Self::faults).
    pub fn load(path: impl AsRef<Path>) -> Result<Self, TemplatesError> {
        load::load(path.as_ref()).and_then(Self::of)
    }

    /// Reads definitions from a JSON text: a page of the list of templates, an array, or one definition.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or has anything in it that is no definition.
    pub fn from_json(text: &str) -> Result<Self, TemplatesError> {
        let mut definitions = Definitions::new(&DEMANDS);
        definitions.add("text", text);
        Self::of(definitions)
    }

    /// The definitions of files that are a part of the program, each with its name. They were read when the program
    /// was compiled, and what was wrong with them was said then.
    pub(crate) fn embedded(files: &[(&str, &str)]) -> Self {
        let mut definitions = Definitions::new(&DEMANDS);
        for (name, text) in files {
            definitions.add(name, text);
        }
        Self::holding(definitions)
    }

    fn holding(definitions: Definitions) -> Self {
        let plans = Plans::new(&definitions);
        Self(Arc::new(Held { definitions, plans }))
    }

    fn of(definitions: Definitions) -> Result<Self, TemplatesError> {
        let broken: Vec<_> =
            definitions.faults().iter().filter(|fault| fault.hinders()).cloned().collect();
        if broken.iter().any(|fault| fault.name().is_none()) {
            return Err(TemplatesError::malformed(broken));
        }
        Ok(Self::holding(definitions))
    }

    pub(crate) fn definitions(&self) -> &Definitions {
        &self.0.definitions
    }

    /// Returns how many definitions there are, each language counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.definitions.len()
    }

    /// Returns whether there is no definition.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.definitions.is_empty()
    }

    /// Returns the names of all templates, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.definitions.names()
    }

    /// Returns the languages in which a template is defined.
    pub fn languages(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.definitions.languages(name)
    }

    /// Returns a template in a language.
    ///
    /// ```
    /// # use wa_message::Templates;
    /// let templates: Templates = r#"[{
    ///     "name": "order_ready", "language": "en_US",
    ///     "components": [
    ///         { "type": "BODY", "text": "Hi {{first_name}}, order {{order_id}} is ready." },
    ///         { "type": "BUTTONS", "buttons": [
    ///             { "type": "URL", "text": "Track", "url": "https://example.org/o/{{1}}" }
    ///         ] }
    ///     ]
    /// }]"#
    /// .parse()?;
    /// let template = templates.get("order_ready", "en_US").unwrap();
    /// assert!(template.variables().eq(["first_name", "order_id"]));
    /// assert!(template.buttons().all(|button| button.needs_value()));
    /// # Ok::<_, wa_message::templates::TemplatesError>(())
    /// ```
    #[must_use]
    pub fn get(&self, name: &str, language: &str) -> Option<Definition<'_>> {
        let definition = self.0.definitions.get(name, language)?;
        Some(Definition::new(definition, self.0.definitions.json(name, language)?))
    }

    /// Returns all templates, sorted by their names, each language for itself.
    pub fn iter(&self) -> impl Iterator<Item = Definition<'_>> {
        let all = self.0.definitions.iter();
        all.filter_map(|found| self.get(found.name(), found.language()))
    }

    /// Returns what is wrong with the files and the definitions in them, all of which are read for it.
    ///
    /// No message of a template whose fault [hinders](Fault::hinders) is checked further than its name, language and
    /// state.
    #[must_use]
    pub fn faults(&self) -> Vec<&Fault> {
        self.0.definitions.all_faults()
    }

    /// Holds a message against the definition of its template. A message that is made from none passes.
    ///
    /// # Errors
    ///
    /// If there is no such template, or not in this language, if it cannot be sent in its state, or if the message
    /// does not give what it takes.
    pub fn check(&self, message: &Message) -> Result<(), InvalidMessage> {
        let Some(json) = message.template_json() else { return Ok(()) };
        if self.0.plans.fits(&self.0.definitions, &json) {
            return Ok(());
        }
        self.by_rules(&json).map_or(Ok(()), Err)
    }

    #[cold]
    fn by_rules(&self, json: &[u8]) -> Option<InvalidMessage> {
        let tree = Tree::new(str::from_utf8(json).ok()?, usize::MAX).ok()?;
        InvalidMessage::of(self.0.definitions.check(tree.root()))
    }

    /// Checks a JSON text that is to be a message: by the rules of the API, and then by the definition of its
    /// template.
    ///
    /// ```
    /// # use wa_message::Templates;
    /// let templates = Templates::from_json("[]")?;
    /// let text = r#"{ "messaging_product": "whatsapp", "to": "+15550100", "type": "template",
    ///     "template": { "name": "order_ready", "language": { "code": "en_US" } } }"#;
    /// let invalid = templates.check_json(text).unwrap_err();
    /// assert_eq!(invalid.violations()[0].path(), "template.name");
    /// # Ok::<_, wa_message::templates::TemplatesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is no valid message, or one that [`check`](Self::check) refuses.
    pub fn check_json(&self, text: &str) -> Result<(), InvalidMessage> {
        self.check(&text.parse()?)
    }

    /// Returns what is advised against in a message by the definition of its template: what the API takes, or may
    /// take soon, but what hardly works as it was meant.
    #[must_use]
    pub fn advise(&self, message: &Message) -> Vec<Lint> {
        let Some(json) = message.template_json() else { return Vec::new() };
        let Ok(tree) = Tree::new(str::from_utf8(&json).unwrap_or_default(), usize::MAX) else {
            return Vec::new();
        };
        self.0.definitions.advise(tree.root()).violations.into_iter().map(Lint::new).collect()
    }
}

impl FromStr for Templates {
    type Err = TemplatesError;

    /// Reads definitions as [`from_json`](Self::from_json) does.
    fn from_str(text: &str) -> Result<Self, TemplatesError> {
        Self::from_json(text)
    }
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("len", &self.len()).finish_non_exhaustive()
    }
}

//! A template as its definition has it, for those who show it.

use wa_message_rules::{
    definition::{Button, Definition as Found, Header, Layout, Words},
    json::Json,
};

/// A template in a language. [`Templates::get`](crate::Templates::get) gives it.
#[derive(Debug, Clone, Copy)]
pub struct Definition<'t> {
    definition: &'t Found,
    json: Json<'t>,
}

/// A header, a body and buttons: of a template, or of a card of it.
#[derive(Debug, Clone, Copy)]
pub struct DefinitionParts<'t>(&'t Layout);

/// The header of a template or of a card.
#[derive(Debug, Clone, Copy)]
pub struct DefinitionHeader<'t>(&'t Header);

/// A button of a template or of a card.
#[derive(Debug, Clone, Copy)]
pub struct DefinitionButton<'t> {
    index: usize,
    button: &'t Button,
}

/// The names of variables, or their numbers, each once.
fn names(words: Option<&Words>) -> impl Iterator<Item = &str> {
    words.into_iter().flat_map(Words::names)
}

impl<'t> Definition<'t> {
    pub(super) fn new(definition: &'t Found, json: Json<'t>) -> Self {
        Self { definition, json }
    }

    /// Returns the name.
    #[must_use]
    pub fn name(self) -> &'t str {
        self.definition.name()
    }

    /// Returns the code of the language: `en_US`.
    #[must_use]
    pub fn language(self) -> &'t str {
        self.definition.language()
    }

    /// Returns its state as the definition has it: `APPROVED`.
    #[must_use]
    pub fn status(self) -> Option<&'t str> {
        self.definition.status()
    }

    /// Returns what it is for: `UTILITY`.
    #[must_use]
    pub fn category(self) -> Option<&'t str> {
        self.definition.category()
    }

    /// Returns the file that it stands in, as it was given.
    #[must_use]
    pub fn source(self) -> &'t str {
        self.definition.source()
    }

    /// Returns the definition as it stands in its file.
    #[must_use]
    pub fn json(self) -> &'t str {
        self.json.raw()
    }

    #[cfg(feature = "templates")]
    pub(super) fn json_value(self) -> Json<'t> {
        self.json
    }

    #[cfg(feature = "templates")]
    pub(super) fn definition(self) -> &'t Found {
        self.definition
    }

    /// Returns whether its variables have names. Otherwise they have numbers, and are filled in their order.
    #[must_use]
    pub fn is_named(self) -> bool {
        self.definition.is_named()
    }

    /// Returns whether it is for one-time codes.
    #[must_use]
    pub fn is_for_codes(self) -> bool {
        self.definition.is_for_codes()
    }

    /// Returns its parts without its cards.
    #[must_use]
    pub fn parts(self) -> DefinitionParts<'t> {
        DefinitionParts(self.definition.layout())
    }

    /// Returns its header.
    #[must_use]
    pub fn header(self) -> Option<DefinitionHeader<'t>> {
        self.parts().header()
    }

    /// Returns its text, with variables in braces. Empty where the API writes it and the definition has none.
    #[must_use]
    pub fn body(self) -> Option<&'t str> {
        self.parts().body()
    }

    /// Returns the names of the variables in its text, or their numbers, each once.
    pub fn variables(self) -> impl Iterator<Item = &'t str> {
        self.parts().variables()
    }

    /// Returns the text of its footer.
    #[must_use]
    pub fn footer(self) -> Option<&'t str> {
        self.parts().footer()
    }

    /// Returns its buttons, in the order of their indexes.
    pub fn buttons(self) -> impl Iterator<Item = DefinitionButton<'t>> {
        self.parts().buttons()
    }

    /// Returns its cards, if it has a carousel.
    pub fn cards(self) -> impl Iterator<Item = DefinitionParts<'t>> {
        self.definition.cards().unwrap_or_default().iter().map(DefinitionParts)
    }
}

impl<'t> DefinitionParts<'t> {
    /// Returns the header.
    #[must_use]
    pub fn header(self) -> Option<DefinitionHeader<'t>> {
        self.0.header().map(DefinitionHeader)
    }

    /// Returns the text, with variables in braces.
    #[must_use]
    pub fn body(self) -> Option<&'t str> {
        self.0.body().map(Words::text)
    }

    /// Returns the names of the variables in the text, or their numbers, each once.
    pub fn variables(self) -> impl Iterator<Item = &'t str> {
        names(self.0.body())
    }

    /// Returns the text of the footer.
    #[must_use]
    pub fn footer(self) -> Option<&'t str> {
        self.0.footer()
    }

    /// Returns the buttons, in the order of their indexes.
    pub fn buttons(self) -> impl Iterator<Item = DefinitionButton<'t>> {
        let buttons = self.0.buttons().iter().enumerate();
        buttons.map(|(index, button)| DefinitionButton { index, button })
    }
}

impl<'t> DefinitionHeader<'t> {
    /// Returns the format, if it is known: `IMAGE`.
    #[must_use]
    pub fn format(self) -> Option<&'static str> {
        self.0.format().map(|format| format.name)
    }

    /// Returns the text, with its variable in braces.
    #[must_use]
    pub fn text(self) -> Option<&'t str> {
        self.0.words().map(Words::text)
    }

    /// Returns the name of the variable in the text, or its number.
    pub fn variables(self) -> impl Iterator<Item = &'t str> {
        names(self.0.words())
    }

    /// Returns whether a message has to fill it.
    #[must_use]
    pub fn needs_value(self) -> bool {
        self.0.takes().is_some()
    }
}

impl<'t> DefinitionButton<'t> {
    /// Returns the index, which counts all buttons from 0, also those that take no value.
    #[must_use]
    pub fn index(self) -> usize {
        self.index
    }

    /// Returns the kind: `URL`. Empty if the definition has none.
    #[must_use]
    pub fn kind(self) -> &'t str {
        self.button.kind().map_or(self.button.name(), |kind| kind.name)
    }

    /// Returns the text on it.
    #[must_use]
    pub fn text(self) -> Option<&'t str> {
        self.button.text()
    }

    /// Returns the address with its variable in braces, if it leads somewhere.
    #[must_use]
    pub fn address(self) -> Option<&'t str> {
        self.button.words().map(Words::text)
    }

    /// Returns whether a message has to fill it.
    #[must_use]
    pub fn needs_value(self) -> bool {
        self.button.is_needed()
    }

    /// Returns whether a message may fill it.
    #[must_use]
    pub fn takes_value(self) -> bool {
        self.button.is_fillable()
    }
}

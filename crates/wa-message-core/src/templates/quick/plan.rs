//! The demands of a definition on usual messages.

use wa_message_rules::definition::{
    Button, Definition, Fault, Header, Words,
    table::{Role, Sendable},
};
use wa_message_spec::templates::DEMANDS;

use super::scan::{Component, Given, Parameter};

/// How many variables or buttons are marked off at most.
const MARKS: usize = 64;

/// What a definition demands of a message, if that is plain.
pub(super) struct Plan {
    is_named: bool,
    is_for_codes: bool,
    header: Option<Filling>,
    body: Text,
    buttons: Vec<Place>,
    /// How messages call a header, a body, and a button.
    tags: [&'static str; 3],
}

/// What fills a header.
enum Filling {
    Text(Text),
    /// A parameter with this tag.
    Other(&'static str),
}

/// A text with variables.
struct Text {
    /// Each with how often it stands in the text.
    variables: Vec<(Box<str>, usize)>,
    fixed: usize,
    most: usize,
}

/// A button.
struct Place {
    sent_as: &'static str,
    is_needed: bool,
    is_fillable: bool,
    text: Option<Text>,
}

impl Plan {
    /// Nothing is planned for what is rare: carousels, offers, orders, and what is not known or cannot be sent.
    pub(super) fn of(definition: &Definition) -> Option<Self> {
        let is_plain = definition.cards().is_none()
            && definition.parts().is_empty()
            && !definition.faults().iter().any(Fault::hinders)
            && definition.known_status().is_none_or(|status| status.sendable != Sendable::No);
        let layout = definition.layout();
        let buttons: Option<Vec<_>> = layout.buttons().iter().map(Place::of).collect();
        let bodies = DEMANDS.components.iter().find(|kind| kind.role == Role::Body);
        let body = Text::of(layout.body(), bodies.and_then(|kind| kind.most));
        let header = layout.header().and_then(Filling::of);
        Some(Self {
            is_named: definition.is_named(),
            is_for_codes: definition.is_for_codes(),
            header,
            body,
            buttons: buttons.filter(|buttons| is_plain && buttons.len() <= MARKS)?,
            tags: [Role::Header, Role::Body, Role::Buttons].map(|role| DEMANDS.sent_as(role)),
        })
        .filter(|plan| plan.body.variables.len() <= MARKS)
    }

    /// Whether a message certainly fits.
    pub(super) fn fits(&self, given: &Given<'_>) -> bool {
        let [header_tag, body_tag, button_tag] = self.tags.map(str::as_bytes);
        let (mut header, mut body, mut filled) = (None, None, 0_u64);
        for component in given.components() {
            let fits = match component.tag {
                tag if tag == header_tag => header.replace(component).is_none(),
                tag if tag == body_tag => body.replace(component).is_none(),
                tag if tag == button_tag => self.fill(&mut filled, given, component),
                _ => false,
            };
            if !fits {
                return false;
            }
        }
        let is_whole = self.buttons.iter().enumerate();
        let is_whole = is_whole.filter(|(_, button)| button.is_needed);
        is_whole.map(|(index, _)| 1 << index).all(|bit: u64| filled & bit != 0)
            && self.header_fits(given, header)
            && self.body_fits(given, body)
            && (!self.is_for_codes || self.code_fits(given, body))
    }

    fn header_fits(&self, given: &Given<'_>, header: Option<&Component<'_>>) -> bool {
        match (&self.header, header) {
            (None, None) => true,
            (Some(filling), Some(component)) => match (filling, given.parameters(component)) {
                (Filling::Text(text), parameters) => text.fits(parameters, self.is_named),
                (Filling::Other(tag), [parameter]) => parameter.tag == tag.as_bytes(),
                (Filling::Other(_), _) => false,
            },
            _ => false,
        }
    }

    fn body_fits(&self, given: &Given<'_>, body: Option<&Component<'_>>) -> bool {
        let parameters = body.map_or(&[][..], |component| given.parameters(component));
        self.body.fits(parameters, self.is_named)
    }

    /// Marks a button off, if it may be filled so.
    fn fill(&self, filled: &mut u64, given: &Given<'_>, component: &Component<'_>) -> bool {
        let Some(index) = component.index else { return false };
        let Some(button) = self.buttons.get(index) else { return false };
        let bit = 1 << index;
        let is_new = *filled & bit == 0;
        *filled |= bit;
        let text_fits = || match (&button.text, given.parameters(component)) {
            (None, _) => true,
            (Some(text), [parameter]) => text.holds(0, parameter.text.map_or(0, <[u8]>::len)),
            (Some(_), _) => false,
        };
        is_new
            && button.is_fillable
            && component.sub_type == button.sent_as.as_bytes()
            && text_fits()
    }

    /// Whether the code is the same in the body and in each button, and goes to a person.
    fn code_fits(&self, given: &Given<'_>, body: Option<&Component<'_>>) -> bool {
        let text = |component| match given.parameters(component) {
            [Parameter { text: Some(text), .. }] => Some(*text),
            _ => None,
        };
        let code = body.and_then(text);
        let buttons =
            given.components().iter().filter(|found| found.tag == self.tags[2].as_bytes());
        // There are no more characters than bytes.
        let is_short = code.is_some_and(|code| code.len() <= DEMANDS.sent.codes_most);
        !given.is_to_nobody && is_short && buttons.map(text).all(|found| found == code)
    }
}

impl Filling {
    fn of(header: &Header) -> Option<Self> {
        let format = header.takes()?;
        Some(if format.by_variable {
            Self::Text(Text::of(header.words(), format.most))
        } else {
            Self::Other(format.takes)
        })
    }
}

impl Place {
    /// Nothing is known of a button of an unknown kind.
    fn of(button: &Button) -> Option<Self> {
        let kind = button.kind()?;
        Some(Self {
            sent_as: kind.sent_as,
            is_needed: button.is_needed(),
            is_fillable: button.is_fillable(),
            text: button.words().map(|words| Text::of(Some(words), kind.most)),
        })
    }
}

impl Text {
    fn of(words: Option<&Words>, most: Option<usize>) -> Self {
        let variables = words.into_iter().flat_map(Words::variables);
        let variables = variables.map(|variable| (variable.name.as_str().into(), variable.uses));
        Self {
            variables: variables.collect(),
            fixed: words.map_or(0, Words::fixed),
            most: most.unwrap_or(usize::MAX),
        }
    }

    /// Whether each variable is filled once, as variables are written here, and the whole is short enough.
    fn fits(&self, parameters: &[Parameter<'_>], is_named: bool) -> bool {
        if parameters.len() != self.variables.len() {
            return false;
        }
        let (mut filled, mut length) = (0_u64, self.fixed);
        for (position, parameter) in parameters.iter().enumerate() {
            let Some(text) = parameter.text else { return false };
            let variable = match (is_named, parameter.name) {
                (true, Some(name)) => {
                    self.variables.iter().position(|(known, _)| known.as_bytes() == name)
                }
                (false, None) => Some(position),
                _ => None,
            };
            let Some(variable) = variable.filter(|variable| filled & (1 << variable) == 0) else {
                return false;
            };
            filled |= 1 << variable;
            // There are no more characters than bytes.
            length = length.saturating_add(text.len().saturating_mul(self.variables[variable].1));
        }
        length <= self.most
    }

    /// Whether it is short enough with a value for one of its variables.
    fn holds(&self, variable: usize, bytes: usize) -> bool {
        let uses = self.variables.get(variable).map_or(0, |(_, uses)| *uses);
        self.fixed.saturating_add(bytes.saturating_mul(uses)) <= self.most
    }
}

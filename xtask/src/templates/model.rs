//! The model of templates, with every keyword understood.

pub(crate) mod sandbox;

use crate::{
    error::Place,
    model::Description,
    received::model::{Object, Schema, Union, Words},
    requests::Operation,
};

/// All that is generated from.
#[derive(Debug)]
pub(crate) struct Templates {
    /// The requests.
    pub(crate) operations: Vec<Operation>,
    /// What the API answers, and what a definition is.
    pub(crate) answers: Vec<Schema>,
    /// What creates and changes a template.
    pub(crate) create: Description,
    /// What a definition demands of a message.
    pub(crate) demands: Demands,
    /// What the API refuses with.
    pub(crate) refusals: Vec<Refusal>,
    /// What the sandbox does.
    pub(crate) sandbox: sandbox::Sandbox,
}

/// What a definition demands of a message.
#[derive(Debug)]
pub(crate) struct Demands {
    /// How a message calls what it fills a template with.
    pub(crate) sent: Named,
    /// The member of a message and its value to which no one-time code goes.
    pub(crate) no_codes_to: (String, String),
    /// The member of a message that one-time codes need, and the one beside which it may otherwise be missing.
    pub(crate) codes_need: (String, String),
    /// How many characters a one-time code has at most.
    pub(crate) codes_most: usize,
    /// What the members of a definition are called.
    pub(crate) members: Named,
    /// The components of a definition.
    pub(crate) components: Vec<Component>,
    /// The formats of a header.
    pub(crate) formats: Vec<Format>,
    /// The buttons.
    pub(crate) buttons: Vec<Button>,
    /// Members that demand a component.
    pub(crate) marks: Vec<Mark>,
    /// Components that need a kind of button beside them.
    pub(crate) beside: Vec<Beside>,
    /// The states.
    pub(crate) statuses: Vec<Status>,
}

/// Names by what they stand for, within a schema.
#[derive(Debug)]
pub(crate) struct Named {
    /// Where they stand.
    pub(crate) place: Place,
    /// The schema.
    pub(crate) of: String,
    /// Each with its keyword.
    pub(crate) names: Vec<(&'static str, String)>,
}

/// A component of a definition.
#[derive(Debug)]
pub(crate) struct Component {
    /// Where it stands.
    pub(crate) place: Place,
    /// The value of the tag.
    pub(crate) name: String,
    /// The part that it plays.
    pub(crate) role: Role,
    /// The component that fills it. Empty if none does.
    pub(crate) sent_as: String,
    /// The way to a member that makes the component needed.
    pub(crate) needed_with: Vec<String>,
    /// How many characters its text has at most, by itself and in a card.
    pub(crate) most: (Option<usize>, Option<usize>),
    /// What a sentence calls it.
    pub(crate) says: String,
    /// How it is written.
    pub(crate) write: String,
}

/// The part that a component plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It has a format.
    Header,
    /// It is the text.
    Body,
    /// It has buttons.
    Buttons,
    /// It has cards.
    Cards,
    /// A component of its own fills it.
    Part,
    /// Nothing fills it.
    Fixed,
}

/// Whether a message has to fill something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It has to.
    Required,
    /// It has to where there is a variable, and otherwise must not.
    WithVariable,
    /// It may.
    Optional,
    /// It must not.
    Never,
}

/// A format of a header.
#[derive(Debug)]
pub(crate) struct Format {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name.
    pub(crate) name: String,
    /// The parameter that fills it.
    pub(crate) takes: String,
    /// Whether it has to be filled.
    pub(crate) need: Need,
    /// Whether there may be as many cards with it as a message likes.
    pub(crate) any_number: bool,
    /// Whether messages can have the parameter.
    pub(crate) is_known: bool,
    /// How many characters it has at most.
    pub(crate) most: Option<usize>,
    /// What a sentence calls it.
    pub(crate) says: String,
}

/// A button of a definition.
#[derive(Debug)]
pub(crate) struct Button {
    /// Where it stands.
    pub(crate) place: Place,
    /// The value of the tag.
    pub(crate) name: String,
    /// The kind of button that fills it. Empty if none does.
    pub(crate) sent_as: String,
    /// Whether it has to be filled.
    pub(crate) need: Need,
    /// The member that a variable may stand in.
    pub(crate) variable_in: String,
    /// How many characters that member has at most.
    pub(crate) most: Option<usize>,
    /// What a sentence calls it.
    pub(crate) says: String,
    /// How it is written.
    pub(crate) write: String,
    /// The way to what works with one value of a member alone, the member, and the value.
    pub(crate) useful_with: Option<(Vec<String>, String, String)>,
    /// Whether its value is a one-time code.
    pub(crate) is_code: bool,
}

/// A member of a definition that demands a component.
#[derive(Debug)]
pub(crate) struct Mark {
    /// Where it stands.
    pub(crate) place: Place,
    /// The member.
    pub(crate) member: String,
    /// The values that demand it.
    pub(crate) values: Vec<String>,
    /// The component.
    pub(crate) sent_as: String,
    /// What a sentence calls it.
    pub(crate) says: String,
    /// How it is written.
    pub(crate) write: String,
}

/// A component of a message that needs a kind of button beside it.
#[derive(Debug)]
pub(crate) struct Beside {
    /// Where it stands.
    pub(crate) place: Place,
    /// The component.
    pub(crate) sent_as: String,
    /// The kind of button.
    pub(crate) button: String,
}

/// A state of a template.
#[derive(Debug)]
pub(crate) struct Status {
    /// Where it stands.
    pub(crate) place: Place,
    /// The value.
    pub(crate) name: String,
    /// Whether the template can be sent.
    pub(crate) sendable: Sendable,
    /// The code that a message is refused with.
    pub(crate) code: Option<i64>,
    /// What a sentence says of the template.
    pub(crate) says: String,
}

/// Whether a template can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sendable {
    /// It can.
    Always,
    /// Perhaps later.
    NotNow,
    /// It cannot.
    Never,
}

/// What the API refuses a creation with.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The name.
    pub(crate) name: String,
    /// The code.
    pub(crate) code: i64,
    /// The subcode.
    pub(crate) subcode: i64,
    /// What is wrong.
    pub(crate) says: String,
}

impl Named {
    /// The name behind a keyword.
    pub(crate) fn get(&self, keyword: &str) -> &str {
        let found = self.names.iter().find(|(known, _)| *known == keyword);
        found.map_or("", |(_, name)| name)
    }

    /// The members that a way behind a keyword goes through.
    pub(crate) fn way(&self, keyword: &str) -> Vec<&str> {
        self.get(keyword).split('.').collect()
    }
}

impl Templates {
    /// The object of a name.
    pub(crate) fn object(&self, name: &str) -> Option<&Object> {
        self.answers.iter().find_map(|schema| match schema {
            Schema::Object(object) if object.name == name => Some(&**object),
            _ => None,
        })
    }

    /// The union of a name.
    pub(crate) fn union(&self, name: &str) -> Option<&Union> {
        self.answers.iter().find_map(|schema| match schema {
            Schema::Union(union) if union.name == name => Some(union),
            _ => None,
        })
    }

    /// The set of words of a name.
    pub(crate) fn words(&self, name: &str) -> Option<&Words> {
        self.answers.iter().find_map(|schema| match schema {
            Schema::Words(words) if words.name == name => Some(words),
            _ => None,
        })
    }
}

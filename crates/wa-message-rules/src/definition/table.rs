//! The shape of the tables that say what a definition demands of a message.
//!
//! The words of definitions (`IMAGE`, `QUICK_REPLY`) and those of messages (`image`, `quick_reply`) stand in the
//! tables, so that a new one is an edit of the description.

/// What the definition of a template demands of a message that is made from it.
#[derive(Debug)]
pub struct Demands {
    /// Where a message names a template and fills it.
    pub sent: Sent,
    /// The members of a definition.
    pub members: Members,
    /// The components that a definition may have.
    pub components: &'static [ComponentKind],
    /// The formats that a header may have.
    pub formats: &'static [Format],
    /// The buttons that a template may have.
    pub buttons: &'static [ButtonKind],
    /// Members of a definition that demand a component which no component shows.
    pub marks: &'static [Mark],
    /// Components that need a kind of button beside them.
    pub beside: &'static [Beside],
    /// The states in which a template may be.
    pub statuses: &'static [Status],
}

/// Where a message names a template, and how it calls what it fills it with.
#[derive(Debug)]
pub struct Sent {
    /// The way from the message to the object that names the template.
    pub way: &'static [&'static str],
    /// The member with the name of the template.
    pub name: &'static str,
    /// The way to the code of the language.
    pub language: &'static [&'static str],
    /// The array of components.
    pub components: &'static str,
    /// The tag of a component, and of a parameter.
    pub tag: &'static str,
    /// The parameters of a component.
    pub parameters: &'static str,
    /// The name of a parameter.
    pub parameter_name: &'static str,
    /// The tag of a parameter that is a text, and the member with it.
    pub text: &'static str,
    /// The value of the tag of a button.
    pub button: &'static str,
    /// The kind of a button.
    pub sub_type: &'static str,
    /// The index of a button.
    pub index: &'static str,
    /// The array of cards.
    pub cards: &'static str,
    /// The index of a card.
    pub card_index: &'static str,
    /// The name of the array of buttons in the short form.
    pub buttons: &'static str,
    /// The member of a message and its value to which no one-time code goes.
    pub no_codes_to: (&'static str, &'static str),
    /// The member of a message that one-time codes need, and the one beside which it may be missing.
    pub codes_need: (&'static str, &'static str),
    /// How many characters a one-time code has at most.
    pub codes_most: usize,
}

/// The members of a definition, by what they are.
#[derive(Debug)]
pub struct Members {
    /// The array around all definitions of an answer.
    pub page: &'static str,
    /// The way to what an answer has if it is not the last page.
    pub more: &'static [&'static str],
    /// The name.
    pub name: &'static str,
    /// The code of the language.
    pub language: &'static str,
    /// The state.
    pub status: &'static str,
    /// What a template is for.
    pub category: &'static str,
    /// The category of one-time codes, whose text the API writes itself.
    pub codes: &'static str,
    /// How variables are written, and the value that says by name.
    pub parameter_format: (&'static str, &'static str),
    /// The array of components, of a template or of a card.
    pub components: &'static str,
    /// The tag of components and of buttons.
    pub tag: &'static str,
    /// The format of a header.
    pub format: &'static str,
    /// The text of a component or of a button.
    pub text: &'static str,
    /// The samples of variables.
    pub example: &'static str,
    /// The array of buttons.
    pub buttons: &'static str,
    /// The array of cards.
    pub cards: &'static str,
}

/// A component of a definition.
#[derive(Debug)]
pub struct ComponentKind {
    /// The value of its tag: `LIMITED_TIME_OFFER`.
    pub name: &'static str,
    /// The part that it plays.
    pub role: Role,
    /// The component that fills it: `limited_time_offer`. Empty if there is none.
    pub sent_as: &'static str,
    /// The way to a member that makes the component needed when it is true.
    pub needed_with: &'static [&'static str],
    /// How many characters its text has at most when it is filled in, and in a card.
    pub most: Option<usize>,
    /// How many characters it has at most in a card, where that is another number.
    pub most_in_card: Option<usize>,
    /// What a sentence calls it: "a limited-time offer".
    pub says: &'static str,
    /// How it is written in the short form, with an ellipsis for values.
    pub write: &'static str,
}

/// The part that a component plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// It has a format, and perhaps one variable.
    Header,
    /// It is the text with the variables.
    Body,
    /// It has buttons.
    Buttons,
    /// It has cards with components of their own.
    Cards,
    /// A component of its own fills it.
    Part,
    /// Nothing fills it.
    Fixed,
}

/// A format of a header.
#[derive(Debug)]
pub struct Format {
    /// The name: `IMAGE`.
    pub name: &'static str,
    /// The tag of the parameter that fills it: `image`.
    pub takes: &'static str,
    /// Whether it is filled if it has a variable alone, and otherwise not.
    pub by_variable: bool,
    /// Whether a message has as many cards with it as it likes.
    pub any_number: bool,
    /// Whether messages of this library can fill it.
    pub is_known: bool,
    /// How many characters it has at most when it is filled in.
    pub most: Option<usize>,
    /// What a sentence calls it: "an image".
    pub says: &'static str,
}

/// A button of a definition.
#[derive(Debug)]
pub struct ButtonKind {
    /// The value of its tag: `QUICK_REPLY`.
    pub name: &'static str,
    /// The kind of button that fills it: `quick_reply`. Empty if nothing does.
    pub sent_as: &'static str,
    /// Whether it has to be filled.
    pub need: Need,
    /// The member that a variable may stand in: `url`.
    pub variable_in: &'static str,
    /// How many characters that member has at most when it is filled in.
    pub most: Option<usize>,
    /// What a sentence calls it: "a quick reply".
    pub says: &'static str,
    /// How it is written in the short form: `{ url: .. }`.
    pub write: &'static str,
    /// The way from the parameter to what works with one value of a member alone, the member, and the value:
    /// `(["action", "flow_action_data"], "flow_action", "NAVIGATE")`.
    pub useful_with: Option<(&'static [&'static str], &'static str, &'static str)>,
    /// Whether its value is the one-time code of the body.
    pub is_code: bool,
}

/// Whether a button has to be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// It has to be.
    Always,
    /// It has to be if it has a variable, and otherwise must not be.
    ByVariable,
    /// It may be.
    Optional,
    /// It must not be.
    Never,
}

/// A member of a definition that demands a component which no component shows.
#[derive(Debug)]
pub struct Mark {
    /// The member: `sub_category`.
    pub member: &'static str,
    /// The values that demand it.
    pub values: &'static [&'static str],
    /// The component: `order_status`.
    pub sent_as: &'static str,
    /// What a sentence calls it: "an order status".
    pub says: &'static str,
    /// How it is written in the short form.
    pub write: &'static str,
}

/// A component that needs a kind of button beside it.
#[derive(Debug)]
pub struct Beside {
    /// The component: `tap_target_configuration`.
    pub sent_as: &'static str,
    /// The kind of button: `url`.
    pub button: &'static str,
}

/// A state in which a template may be.
#[derive(Debug)]
pub struct Status {
    /// The value: `PAUSED`.
    pub name: &'static str,
    /// Whether a template can be sent in this state.
    pub sendable: Sendable,
    /// The code that the API answers with, if it does not send.
    pub code: Option<i64>,
    /// What a sentence says of the template: "is paused".
    pub says: &'static str,
}

/// Whether a template can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sendable {
    /// It can.
    Yes,
    /// Not now, and later perhaps: advice.
    NotNow,
    /// It cannot.
    No,
}

/// Finds a row by its name in any case.
macro_rules! by_name {
    ($($method:ident: $rows:ident -> $row:ty;)*) => {
        impl Demands {
            $(
                /// Returns the row of a name, in any case.
                #[must_use]
                pub fn $method(&self, name: &str) -> Option<&'static $row> {
                    self.$rows.iter().find(|row| row.name.eq_ignore_ascii_case(name))
                }
            )*
        }
    };
}

by_name! {
    component: components -> ComponentKind;
    format: formats -> Format;
    button: buttons -> ButtonKind;
    status: statuses -> Status;
}

impl Demands {
    /// Returns the component of a role, as messages call it.
    #[must_use]
    pub fn sent_as(&self, role: Role) -> &'static str {
        let mut components = self.components.iter();
        components
            .find(|component| component.role == role)
            .map_or("", |component| component.sent_as)
    }
}

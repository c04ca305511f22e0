//! The shape of the tables of templates.

use crate::generated::templates::When;

/// What a message is refused with that does not fit its template.
#[derive(Debug)]
pub(crate) struct SendRefusal {
    /// What does not fit.
    pub(crate) when: When,
    /// The formats, buttons, states, components or members that it is about. Empty if it is about any.
    pub(crate) of: &'static [&'static str],
    /// The number of the rule, if it is about that one alone.
    pub(crate) rule: Option<u16>,
    /// The code. That of a state stands with the state.
    pub(crate) code: Option<u32>,
    /// The details, with holes in braces.
    pub(crate) details: &'static str,
}

/// How often something is done at most.
#[derive(Debug)]
pub(crate) struct Rate {
    /// What is done.
    pub(crate) on: &'static str,
    /// In which states. Empty if that makes no difference.
    pub(crate) of: &'static [&'static str],
    pub(crate) most: usize,
    pub(crate) seconds: u64,
    /// What more is refused with.
    pub(crate) code: u32,
}

/// Something that happens to a template on command. What has holes is JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change {
    pub(crate) name: &'static str,
    /// What is said with it, and what that usually is.
    pub(crate) takes: Option<(&'static str, &'static str)>,
    /// Whether the template is gone then.
    pub(crate) removes: bool,
    /// The members of the definition that are others then.
    pub(crate) sets: &'static str,
    /// The field of the webhook.
    pub(crate) field: &'static str,
    /// The value of the webhook.
    pub(crate) gives: &'static str,
}

/// How a component or a button comes back that was posted.
#[derive(Debug)]
pub(crate) struct Answered {
    /// Its type.
    pub(crate) of: &'static str,
    /// The way to a member that it has. Empty if that makes no difference.
    pub(crate) has: &'static str,
    /// A member that it lacks. Empty if that makes no difference.
    pub(crate) lacks: &'static str,
    /// Whether nothing of what was posted stays.
    pub(crate) instead: bool,
    /// The members that it comes back with, as JSON with holes.
    pub(crate) gives: &'static str,
}

/// The changes: a list of them, and a method for each.
macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident $(($takes:ident))? => $change:expr;)*) => {
        /// What happens to templates on command.
        pub(crate) const CHANGES: &[crate::templates::table::Change] = &[$($change),*];

        /// Their names.
        pub(crate) const CHANGE_NAMES: &[&str] = &[$(stringify!($name)),*];

        impl crate::templates::StoredTemplates {
            $(
                $(#[$doc])*
                ///
                /// Its webhook is posted, if there is an address for webhooks.
                ///
                /// # Errors
                ///
                /// When there is no template of this name in this language, or too much waits to be posted.
                pub fn $name(
                    &self,
                    name: &str,
                    language: &str,
                    $($takes: &str,)?
                ) -> Result<(), crate::ActionError> {
                    let said: &[&str] = &[$($takes)?];
                    self.change(name, language, stringify!($name), said.first().copied())
                }
            )*
        }
    };
}
pub(crate) use changes;

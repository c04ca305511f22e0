//! The sandbox's part of templates: refusals of messages, changes on command, and how a definition comes back.

use crate::error::Place;

/// All that is said of the sandbox.
#[derive(Debug)]
pub(crate) struct Sandbox {
    /// The states that it names, by what they are for.
    pub(crate) states: Vec<States>,
    /// How many definitions there are at most.
    pub(crate) most: usize,
    /// What the list is filtered by.
    pub(crate) filters: Vec<Filter>,
    /// How often templates are created and edited.
    pub(crate) rates: Vec<Rate>,
    /// What the API calls buttons.
    pub(crate) called: Vec<Called>,
    /// What messages are refused with.
    pub(crate) refused: Vec<RefusedSend>,
    /// What happens on command.
    pub(crate) changes: Vec<Change>,
    /// How what was posted comes back.
    pub(crate) answered: Vec<Answered>,
}

/// States that are named for one purpose.
#[derive(Debug)]
pub(crate) struct States {
    /// Where they stand.
    pub(crate) place: Place,
    /// What they are for.
    pub(crate) keyword: &'static str,
    /// The states.
    pub(crate) names: Vec<String>,
}

/// A member of the query that the list is filtered by.
#[derive(Debug)]
pub(crate) struct Filter {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name of the member.
    pub(crate) name: String,
    /// Whether a part is enough.
    pub(crate) is_part: bool,
    /// The ways to what is compared, one of which has to fit.
    pub(crate) ways: Vec<String>,
}

/// How often something is done at most.
#[derive(Debug)]
pub(crate) struct Rate {
    /// Where it stands.
    pub(crate) place: Place,
    /// What is done.
    pub(crate) on: String,
    /// In which states, if not in any.
    pub(crate) of: Vec<String>,
    /// How often.
    pub(crate) most: usize,
    /// In how many seconds.
    pub(crate) within: u64,
    /// The code of the error.
    pub(crate) code: i64,
}

/// What the API calls a button.
#[derive(Debug)]
pub(crate) struct Called {
    /// Where it stands.
    pub(crate) place: Place,
    /// Its type.
    pub(crate) of: String,
    /// What it is called.
    pub(crate) name: String,
}

/// What a message is refused with.
#[derive(Debug)]
pub(crate) struct RefusedSend {
    /// Where it stands.
    pub(crate) place: Place,
    /// What does not fit.
    pub(crate) when: String,
    /// What it is about, if not about anything.
    pub(crate) of: Vec<String>,
    /// The number of the rule, if it is about that one alone.
    pub(crate) rule: Option<usize>,
    /// The code, if it has none elsewhere.
    pub(crate) code: Option<i64>,
    /// The details.
    pub(crate) details: String,
}

/// Something that happens to a template on command.
#[derive(Debug)]
pub(crate) struct Change {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name.
    pub(crate) name: String,
    /// What it does, as sentences.
    pub(crate) says: String,
    /// What is said with it, and what that usually is.
    pub(crate) takes: Option<(String, String)>,
    /// Whether the template is gone then.
    pub(crate) removes: bool,
    /// The members that are others then, as JSON.
    pub(crate) sets: String,
    /// The state that it has then, if that is another.
    pub(crate) state: Option<String>,
    /// The field of the webhook.
    pub(crate) field: String,
    /// The value of the webhook, as JSON.
    pub(crate) gives: String,
}

/// How a component or a button comes back.
#[derive(Debug)]
pub(crate) struct Answered {
    /// Where it stands.
    pub(crate) place: Place,
    /// Its type.
    pub(crate) of: String,
    /// The way to a member that it has.
    pub(crate) has: String,
    /// A member that it lacks.
    pub(crate) lacks: String,
    /// Whether nothing of it stays.
    pub(crate) instead: bool,
    /// The members that it comes back with, as JSON.
    pub(crate) gives: String,
}

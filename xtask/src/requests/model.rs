//! The model of requests.

use crate::error::Place;

/// A request.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Where it stands.
    pub(crate) place: Place,
    /// The name.
    pub(crate) id: String,
    /// The method, in capitals.
    pub(crate) method: String,
    /// The path, with `{..}` for its parameters.
    pub(crate) path: String,
    /// What it does.
    pub(crate) summary: String,
    /// The word before the token.
    pub(crate) authorization: String,
    /// What a repetition does, if it may be repeated.
    pub(crate) may_repeat: Option<String>,
    /// Whether the address is that of the API, and not one that the API has given.
    pub(crate) is_at_the_api: bool,
    /// What is filled in.
    pub(crate) parameters: Vec<Parameter>,
    /// What is posted.
    pub(crate) body: Option<Body>,
    /// The schema of the answer, if it is JSON.
    pub(crate) answer: Option<String>,
}

/// What a request posts, with the name of its schema.
#[derive(Debug)]
pub(crate) enum Body {
    /// A form with a file.
    Form(String),
    /// JSON.
    Json(String),
}

/// What a request has beside its body.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// The name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) description: String,
    /// Where it goes.
    pub(crate) part: Part,
    /// Whether it is a whole number.
    pub(crate) is_number: bool,
    /// Whether it has to be given.
    pub(crate) required: bool,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

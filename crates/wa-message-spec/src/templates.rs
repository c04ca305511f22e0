//! Tables of templates, generated from `openapi/templates.yaml`: what their definitions demand of messages, what creates
//! them, and the requests that they travel by.

pub use crate::generated::{definitions::*, templates::*};

/// Tables of the requests that create and change a template, which `wa_message_rules::check` reads. Their limits are those
/// of definitions, and not of messages.
pub mod create {
    pub use crate::generated::template_create::*;
}

/// What a creation or a change is refused with.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code.
    pub code: i64,
    /// The subcode, which tells what is wrong. The texts for people are translated.
    pub subcode: i64,
    /// What is wrong, as the part of a sentence.
    pub says: &'static str,
}

/// Returns what a subcode says, if it is known.
#[must_use]
pub fn refusal(subcode: i64) -> Option<&'static Refusal> {
    REFUSALS.iter().find(|refusal| refusal.subcode == subcode)
}

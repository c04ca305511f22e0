//! Requests that are refused, and why.

use std::{fmt::Write as _, time::Duration};

use hyper::{Method, StatusCode};
use serde_json::{Value, json};
use wa_message_core::{ErrorCode, InvalidMessage, ProblemKind, Violation};
use wa_message_spec::{media, templates};

/// How long the details of an answer may be, in bytes. A body of mistakes would make them endless.
const DETAILS_AT_MOST: usize = 16 * 1024;

/// A request that is refused.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: u32,
    subcode: Option<u32>,
    title: &'static str,
    /// The type of the error.
    kind: &'static str,
    details: String,
    /// What the log says beside the details, in the words of the rules.
    says: Option<Box<str>>,
    /// What the API says to the people in front of an application.
    for_people: Option<&'static str>,
    /// The methods that the path takes, if this was none of them.
    methods: &'static [&'static str],
}

impl Refusal {
    fn new(status: StatusCode, code: u32, title: &'static str, details: impl Into<String>) -> Self {
        let (kind, details) = ("OAuthException", details.into());
        let (subcode, says, for_people) = (None, None, None);
        Self { status, code, subcode, title, kind, details, says, for_people, methods: &[] }
    }

    /// A refusal with a code of the API, its HTTP status and its title.
    pub(crate) fn of_code(code: u32, details: impl Into<String>) -> Self {
        let (status, title) = known(code);
        // The one subcode that is known of an answer.
        let subcode = (code == 131_030).then_some(2_655_007);
        Self { subcode, ..Self::new(status, code, title, details) }
    }

    /// A refusal of a request for a file, as the description has it.
    pub(crate) fn of(refusal: &media::Refusal, details: impl Into<String>) -> Self {
        let code = u32::try_from(refusal.code).unwrap_or_default();
        let subcode = refusal.subcode.and_then(|subcode| u32::try_from(subcode).ok());
        let refused = Self::of_code(code, details);
        Self { subcode, kind: refusal.kind.unwrap_or(refused.kind), ..refused }
    }

    /// A refusal of a definition, as the description has it. The subcode tells what is wrong.
    pub(crate) fn of_template(refusal: &templates::Refusal) -> Self {
        let code = u32::try_from(refusal.code).unwrap_or_default();
        let subcode = u32::try_from(refusal.subcode).ok();
        Self { subcode, for_people: Some(refusal.says), ..Self::of_code(code, refusal.says) }
    }

    /// With other details.
    pub(crate) fn because(self, details: String) -> Self {
        Self { details, ..self }
    }

    /// With a sentence for the log beside the details.
    pub(crate) fn saying(self, says: String) -> Self {
        Self { says: Some(says.into()), ..self }
    }

    /// What the log says beside the details.
    pub(crate) fn says(&self) -> Option<&str> {
        self.says.as_deref()
    }

    /// A parameter that is not taken.
    pub(crate) fn parameter(details: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, "Invalid parameter", details)
    }

    /// A parameter that has to be there.
    pub(crate) fn missing(details: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 100, "Required parameter is missing", details)
    }

    pub(crate) fn user_agent() -> Self {
        let details = "a download needs the header `User-Agent`, exactly once";
        Self::new(StatusCode::BAD_REQUEST, 100, "Unsupported request", details)
    }

    pub(crate) fn expired_address() -> Self {
        let details = "the address is none of a file, or it has expired: look the file up again";
        Self::new(StatusCode::NOT_FOUND, 100, "Unknown address", details)
    }

    pub(crate) fn no_token(word: &str) -> Self {
        let details = format!("the request has no header `Authorization: {word} <token>`");
        Self::new(StatusCode::UNAUTHORIZED, 0, "Authentication failed", details)
    }

    pub(crate) fn wrong_token() -> Self {
        let details = "the access token is not the one that this sandbox takes";
        Self::new(StatusCode::UNAUTHORIZED, 190, "Access token not accepted", details)
    }

    pub(crate) fn unknown_path(path: &str) -> Self {
        let details = format!(
            "there is nothing at `{path}`; messages go to `/v23.0/<phone number id>/messages`"
        );
        Self::new(StatusCode::NOT_FOUND, 100, "Unknown path", details)
    }

    pub(crate) fn unknown_phone_number(id: &str) -> Self {
        let details = format!("this sandbox does not have the phone number id `{id}`");
        Self::new(StatusCode::BAD_REQUEST, 33, "Unknown phone number", details)
    }

    pub(crate) fn wrong_method(method: &Method, methods: &'static [&'static str]) -> Self {
        let details = format!("this path takes {}, and this is {method}", methods.join(" and "));
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, 100, "Unsupported method", details);
        Self { methods, ..refusal }
    }

    /// The methods that the path takes, if this was none of them.
    pub(crate) fn methods(&self) -> &'static [&'static str] {
        self.methods
    }

    pub(crate) fn wrong_content_type() -> Self {
        let details = "the content type must be `application/json`";
        Self::new(StatusCode::BAD_REQUEST, 100, "Unsupported content type", details)
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        let details = format!("the body is longer than {limit} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, 100, "Request too large", details)
    }

    pub(crate) fn broken_body() -> Self {
        let details = "the body did not arrive as a whole";
        Self::new(StatusCode::BAD_REQUEST, 100, "Incomplete request", details)
    }

    pub(crate) fn late_body(limit: Duration) -> Self {
        let details = format!("the body did not arrive within {} seconds", limit.as_secs());
        Self::new(StatusCode::REQUEST_TIMEOUT, 100, "Incomplete request", details)
    }

    pub(crate) fn not_json(error: &serde_json::Error) -> Self {
        let details = format!("the body is not JSON: {error}");
        Self::new(StatusCode::BAD_REQUEST, 100, "Unreadable body", details)
    }

    /// A body that breaks rules. The first violation gives the code, the details name them all.
    pub(crate) fn invalid(error: &InvalidMessage) -> Self {
        let violations = error.violations();
        let (code, title) = violations.first().map_or((100, "Invalid parameter"), code);
        Self::new(StatusCode::BAD_REQUEST, code, title, sentences(violations, error.count()))
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn code(&self) -> u32 {
        self.code
    }

    pub(crate) fn details(&self) -> &str {
        &self.details
    }

    /// The answer, in the form that the API gives to all its errors.
    pub(crate) fn to_json(&self, fbtrace_id: &str) -> Value {
        let mut error = json!({
            "message": format!("(#{}) {}", self.code, self.title),
            "type": self.kind,
            "code": self.code,
            "error_data": { "messaging_product": "whatsapp", "details": self.details },
            "fbtrace_id": fbtrace_id,
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        if let Some(says) = self.for_people {
            // The API translates them.
            error["error_user_title"] = self.title.into();
            error["error_user_msg"] = says.into();
            error["is_transient"] = false.into();
        }
        json!({ "error": error })
    }
}

/// The status and the title of a code. Where no status is known, it is that of a faulty request.
fn known(code: u32) -> (StatusCode, &'static str) {
    let code = ErrorCode::from(i64::from(code));
    let status = code.status().and_then(|status| StatusCode::from_u16(status).ok());
    (status.unwrap_or(StatusCode::BAD_REQUEST), code.title())
}

/// The code that the API has for a mistake.
fn code(violation: &Violation) -> (u32, &'static str) {
    match violation.problem().kind() {
        // What the API was seen to say of a malformed phone number.
        ProblemKind::Rule { .. } if violation.number() == Some(77) => (100, "Invalid parameter"),
        ProblemKind::Missing { .. }
        | ProblemKind::NoneOf { .. }
        | ProblemKind::NeededHere { .. } => (131_008, "Required parameter is missing"),
        ProblemKind::Unknown { .. }
        | ProblemKind::Refused { .. }
        | ProblemKind::Foreign { .. }
        | ProblemKind::Repeated
        | ProblemKind::WrongType { .. }
        | ProblemKind::NotJson { .. } => (100, "Invalid parameter"),
        // Lengths, forms, ranges, counts, choices, duplicates, and what belongs together.
        _ => (131_009, "Parameter value is not valid"),
    }
}

/// Violations, and how many there are in all.
fn sentences(violations: &[Violation], count: usize) -> String {
    let (mut details, mut written) = (String::new(), 0);
    for (index, violation) in violations.iter().enumerate() {
        let start = details.len();
        let separator = if index == 0 { "" } else { "; " };
        let path = match violation.path() {
            "" => "the body",
            path => path,
        };
        // Writing into a text does not fail.
        let _ = write!(details, "{separator}{violation} (at `{path}`)");
        if details.len() > DETAILS_AT_MOST && index > 0 {
            details.truncate(start);
            break;
        }
        written += 1;
    }
    if count > written {
        let _ = write!(details, "; and {} more", count - written);
    }
    details
}

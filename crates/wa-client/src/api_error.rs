//! The error that the API refuses a request with.

use std::{error, fmt, time::Duration};

use wa_message_core::{
    __shared::{OneLine, Pause, held_back},
    ErrorClass, ErrorCode, RetryAdvice, ThrottleScope,
    types::ErrorBody,
};

use super::token::Token;

/// How much of a text of the API a sentence quotes, in characters.
const QUOTED_AT_MOST: usize = 500;

/// The API refused a request. Nothing was sent to the recipient.
///
/// Branch on [`error_code`](Self::error_code) or [`advice`](Self::advice), and show
/// [`details`](Self::details) to whoever has to mend it: the other texts are titles. `Display` says all of
/// it in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError(Box<Refusal>);

#[derive(Debug, Clone, PartialEq)]
struct Refusal {
    status: u16,
    body: ErrorBody,
    /// How long a header of the answer says to wait.
    wait: Option<Duration>,
    /// The id in a header of the answer, for when the body has none.
    trace_id: Option<String>,
}

impl ApiError {
    /// An error without the token, which the API quotes at times.
    pub(super) fn new(status: u16, mut body: ErrorBody, token: &Token) -> Self {
        let texts = [
            &mut body.message,
            &mut body.type_,
            &mut body.fbtrace_id,
            &mut body.error_user_title,
            &mut body.error_user_msg,
        ];
        for text in texts.into_iter().flatten() {
            token.hide_in(text);
        }
        if let Some(data) = &mut body.error_data {
            token.hide_in_all(data);
        }
        Self(Box::new(Refusal { status, body, wait: None, trace_id: None }))
    }

    /// With what headers say.
    pub(super) fn with_headers(mut self, wait: Option<Duration>, trace_id: Option<String>) -> Self {
        self.0.wait = wait;
        self.0.trace_id = trace_id;
        self
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The code of the error: 131009 for a value that is not valid, 190 for a token that is not.
    #[must_use]
    pub fn code(&self) -> i64 {
        self.0.body.code
    }

    /// The code of the error as one of those that are known, or as one that is not.
    #[must_use]
    pub fn error_code(&self) -> ErrorCode {
        ErrorCode::from(self.code())
    }

    /// What the error is about.
    #[must_use]
    pub fn class(&self) -> ErrorClass {
        self.error_code().class()
    }

    /// Whether it helps to send the same request again.
    ///
    /// The code decides. `is_transient` in the answer speaks for another try where the code does not.
    #[must_use]
    pub fn advice(&self) -> RetryAdvice {
        match (self.error_code().advice(), self.0.body.is_transient) {
            (RetryAdvice::Wait(pause), _) => {
                RetryAdvice::Wait(self.0.wait.map_or(pause, |wait| wait.max(pause)))
            }
            (RetryAdvice::Never | RetryAdvice::AfterAction, Some(true)) => RetryAdvice::Now,
            (advice, _) => advice,
        }
    }

    /// How long to wait at least before another try, if there is to be a pause.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.advice() {
            RetryAdvice::Wait(pause) => Some(pause),
            _ => None,
        }
    }

    /// What is held back, if it was too much at a time.
    #[must_use]
    pub fn scope(&self) -> Option<ThrottleScope> {
        self.error_code().throttles()
    }

    /// The subcode of the error. The API hardly gives one any more, but for templates that it does not create.
    #[must_use]
    pub fn subcode(&self) -> Option<i64> {
        self.0.body.error_subcode
    }

    /// Returns the title for people, translated. Show it, and match nothing in it.
    #[must_use]
    pub fn user_title(&self) -> Option<&str> {
        self.0.body.error_user_title.as_deref()
    }

    /// Returns the explanation for people, translated. Show it, and match nothing in it.
    #[must_use]
    pub fn user_message(&self) -> Option<&str> {
        self.0.body.error_user_msg.as_deref()
    }

    /// Returns why a template was not created or changed, if the [subcode](Self::subcode) says so and is known.
    ///
    /// ```no_run
    /// # use wa_message::{Error, client::templates::refusals};
    /// # fn exists(error: &Error) -> bool {
    /// error.api_error().and_then(|refusal| refusal.template_refusal()) == Some(&refusals::EXISTS)
    /// # }
    /// ```
    #[cfg(feature = "templates")]
    #[cfg_attr(docsrs, doc(cfg(feature = "templates")))]
    #[must_use]
    pub fn template_refusal(&self) -> Option<&'static crate::templates::Refusal> {
        let known = wa_message_spec::templates::refusal(self.subcode()?)?;
        (known.code == self.code()).then_some(known)
    }

    /// The title of the error, as a rule with the code in front: `(#131009) Parameter value is not
    /// valid`.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.body.message.as_deref()
    }

    /// What exactly was wrong.
    #[must_use]
    pub fn details(&self) -> Option<&str> {
        let data = self.0.body.error_data.as_ref()?;
        // Mostly an object; at times the text stands alone.
        data.get("details").unwrap_or(data).as_str()
    }

    /// The type of the error. Mostly `OAuthException`, which has no meaning.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.0.body.type_.as_deref()
    }

    /// The id of the request. Support asks for it.
    #[must_use]
    pub fn fbtrace_id(&self) -> Option<&str> {
        self.0.body.fbtrace_id.as_deref().or(self.0.trace_id.as_deref())
    }

    /// The whole error.
    #[must_use]
    pub fn body(&self) -> &ErrorBody {
        &self.0.body
    }

    /// Whether the same request may be accepted later, without a change to anything.
    ///
    /// Wait before the next try, and longer from try to try; [`retry_after`](Self::retry_after) says how
    /// long at least. The API's advice is 4 to the power of the number of tries, in seconds.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self.advice(), RetryAdvice::Now | RetryAdvice::Wait(_))
    }

    /// What to do about it, as the end of a sentence.
    fn what_to_do(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.advice(), self.error_code().action()) {
            (RetryAdvice::AfterAction, Some(action)) => write!(f, "{action}, and send it again"),
            (RetryAdvice::Never, Some(action)) => f.write_str(action),
            (RetryAdvice::Wait(pause), Some(action)) => {
                write!(f, "{action}, and try again after {}", Pause(pause))
            }
            (advice, _) => write!(f, "{advice}"),
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self.scope() {
            None => f.write_str("the API refused the request")?,
            Some(scope) => write!(f, "the API holds back {}", held_back(scope))?,
        }
        write!(f, " (HTTP {}, code {code})", self.status())?;
        let title = self
            .message()
            .map(|message| message.strip_prefix(&format!("(#{code})")).unwrap_or(message).trim());
        let title = title.filter(|title| !title.is_empty()).unwrap_or(self.error_code().title());
        let details = self.details().filter(|details| !details.is_empty());
        #[cfg(feature = "templates")]
        let details = details.or_else(|| Some(self.template_refusal()?.says));
        for text in [Some(title), details].into_iter().flatten() {
            let text = OneLine { text: text.trim_end_matches('.'), at_most: QUOTED_AT_MOST };
            write!(f, ": {text}")?;
        }
        f.write_str("; ")?;
        self.what_to_do(f)
    }
}

impl error::Error for ApiError {}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn refusal(json: &str) -> ApiError {
        let token = Token::new("EAAG-secret");
        ApiError::new(400, serde_json::from_str(json).unwrap(), &token)
    }

    #[test]
    fn details_are_an_object_or_a_text() {
        let object = refusal(
            r#"{
                "message": "(#131009) Parameter value is not valid",
                "type": "OAuthException",
                "code": 131009,
                "error_data": { "messaging_product": "whatsapp", "details": "The title is\ntoo long." },
                "error_subcode": 2494010,
                "fbtrace_id": "Axyz",
                "news": 1
            }"#,
        );
        assert_eq!(object.code(), 131_009);
        assert_eq!(object.subcode(), Some(2_494_010));
        assert_eq!(object.error_type(), Some("OAuthException"));
        assert_eq!(object.fbtrace_id(), Some("Axyz"));
        assert_eq!(object.details(), Some("The title is\ntoo long."));
        assert_eq!(
            object.to_string(),
            "the API refused the request (HTTP 400, code 131009): Parameter value is not valid: \
             The title is too long; mend what the details name"
        );

        let text = refusal(r#"{ "code": 100, "error_data": "not so" }"#);
        assert_eq!(text.details(), Some("not so"));
        assert_eq!(
            text.to_string(),
            "the API refused the request (HTTP 400, code 100): a parameter is unknown, misspelt or not \
             valid: not so; mend what the details name"
        );

        for data in ["null", "{}", "[]", "7", r#"{ "details": { "a": 1 } }"#] {
            let none = refusal(&format!(r#"{{ "code": 1, "error_data": {data} }}"#));
            assert_eq!(none.details(), None, "{data}");
        }
    }

    #[test]
    fn the_token_is_taken_out() {
        let error = refusal(
            r#"{
                "code": 190,
                "message": "Malformed access token EAAG-secret",
                "error_user_msg": "EAAG-secret",
                "error_data": { "details": ["EAAG-secret", { "deep": "EAAG-secret" }] }
            }"#,
        );
        assert!(!format!("{error} {error:?}").contains("secret"));
        assert_eq!(error.message(), Some("Malformed access token [token]"));
    }

    #[test]
    fn the_code_decides_whether_it_passes() {
        let wait = |seconds| RetryAdvice::Wait(Duration::from_secs(seconds));
        for (json, advice) in [
            (r#"{ "code": 130429 }"#, wait(1)),
            (r#"{ "code": 131009 }"#, RetryAdvice::Never),
            (r#"{ "code": 131009, "is_transient": true }"#, RetryAdvice::Now),
            (r#"{ "code": 131000, "is_transient": false }"#, RetryAdvice::Now),
            (r#"{ "code": 131049 }"#, wait(24 * 3600)),
            (r#"{ "code": 131049, "is_transient": true }"#, wait(24 * 3600)),
            (r#"{ "code": 3 }"#, RetryAdvice::Never),
            (r#"{ "code": 424242 }"#, RetryAdvice::Never),
            (r#"{ "code": 424242, "is_transient": true }"#, RetryAdvice::Now),
        ] {
            let refusal = refusal(json);
            assert_eq!(refusal.advice(), advice, "{json}");
            let passes = matches!(advice, RetryAdvice::Now | RetryAdvice::Wait(_));
            assert_eq!(refusal.is_transient(), passes, "{json}");
        }
        assert_eq!(refusal(r#"{ "code": 424242 }"#).error_code(), ErrorCode::Unknown(424_242));
    }

    #[test]
    fn a_header_may_ask_for_a_longer_pause_and_not_for_a_shorter_one() {
        let asked = |seconds| {
            let wait = Some(Duration::from_secs(seconds));
            refusal(r#"{ "code": 80007 }"#).with_headers(wait, None).retry_after()
        };
        assert_eq!(asked(300), Some(Duration::from_secs(300)));
        assert_eq!(asked(1), Some(Duration::from_secs(60)));
        // What does not pass does not pass later.
        let error = refusal(r#"{ "code": 190 }"#).with_headers(Some(Duration::from_secs(1)), None);
        assert_eq!(error.retry_after(), None);
    }

    #[test]
    fn a_sentence_says_what_to_do() {
        for (json, sentence) in [
            (
                r#"{ "code": 190, "message": "Error validating access token." }"#,
                "the API refused the request (HTTP 400, code 190): Error validating access token; get a \
                 new access token, and send it again",
            ),
            (
                r#"{ "code": 131056, "message": "(#131056) Pair rate limit hit" }"#,
                "the API holds back what goes to this recipient (HTTP 400, code 131056): Pair rate limit \
                 hit; try again after 1 s",
            ),
            (
                r#"{ "code": 131048 }"#,
                "the API holds back all that the number sends (HTTP 400, code 131048): too many messages \
                 of this number were blocked or reported as spam; look into the quality of the number, \
                 and try again after 1 h",
            ),
            (
                r#"{ "code": 131016 }"#,
                "the API refused the request (HTTP 400, code 131016): the service is not available for \
                 the moment; try again, later from try to try",
            ),
            (
                r#"{ "code": 424242, "message": "" }"#,
                "the API refused the request (HTTP 400, code 424242): an error that this version does \
                 not know; do not send it again as it is",
            ),
        ] {
            assert_eq!(refusal(json).to_string(), sentence);
        }
        let long = format!(r#"{{ "code": 1, "message": "{}" }}"#, "x".repeat(100_000));
        assert!(refusal(&long).to_string().len() < 1000);
    }
}

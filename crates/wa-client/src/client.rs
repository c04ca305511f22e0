//! The client: sends a message, and marks one as read.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{
    Method, Url,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue},
};

use wa_message_core::{
    Message, ReadReceipt, Templates, ToReceipt, Watch,
    types::{ReadAnswer, SendAnswer},
};

use crate::{
    Backoff, ClientBuilder, Error, RetryPolicy, Sent, SetupError,
    address::Address,
    answer::Answer,
    deliver::{Delivery, Flight},
    limit::{Pace, Paces, Rates},
    observe::{self, Accepted, Shown, Span},
    token::Token,
    watch::Watched,
};

/// Sends messages from one business phone number.
///
/// A clone is cheap and uses the same connections. One client is enough for a program; for more tokens
/// or phone numbers, [`with_token`](Self::with_token) and [`for_number`](Self::for_number) make clients
/// that share its connections.
///
/// The client needs a Tokio runtime, as `reqwest` does. It follows no redirects, because they would
/// carry the token elsewhere, and `Debug` does not show the token.
///
/// ```no_run
/// use wa_message::{Client, Message};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::new(std::env::var("WHATSAPP_TOKEN")?, "100200300400500")?;
///
/// let message: Message = r#"{
///     "messaging_product": "whatsapp",
///     "to": "+15550100",
///     "text": { "body": "The bread is ready." }
/// }"#
/// .parse()?;
///
/// let sent = client.send(&message).await?;
/// println!("accepted as {}", sent.id());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

#[derive(Clone)]
pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    pub(crate) address: Address,
    pub(crate) phone_number_id: String,
    /// Where the requests go: the address, with the phone number id.
    pub(crate) messages: Url,
    pub(crate) token: Token,
    /// The headers of every request, ready to be copied.
    pub(crate) headers: HeaderMap,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) deadline: Option<Duration>,
    /// The pace of all numbers, and that of this one.
    pub(crate) paces: Arc<Paces>,
    pub(crate) pace: Arc<Pace>,
    pub(crate) shown: Shown,
    /// Who is told of each message.
    pub(crate) watch: Option<Arc<dyn Watch>>,
    /// What messages are held against before they are sent.
    pub(crate) templates: Option<Templates>,
    #[cfg(any(feature = "media", feature = "templates"))]
    pub(crate) calls: crate::call::Settings,
}

/// A request, with what is to be known of it on its way.
struct Request<'r> {
    kind: &'static str,
    /// The recipient, if it is a message, and if anything depends on it.
    to: Option<&'r str>,
    /// Writes the body. It is written anew for each attempt: mostly there is one, and to share it would take longer.
    body: &'r (dyn Fn() -> Vec<u8> + Sync),
    /// Whether it does the same when it arrives twice.
    is_repeatable: bool,
}

impl Client {
    /// A client with the usual settings.
    ///
    /// `token` is the access token alone, without the word `Bearer`. `phone_number_id` is the id of the
    /// business phone number, which is not the phone number itself.
    ///
    /// # Errors
    ///
    /// When the token is empty or holds characters that no HTTP header takes, when the phone number id
    /// is not a single segment of a path, or when the system's TLS certificates cannot be loaded.
    pub fn new(
        token: impl Into<String>,
        phone_number_id: impl Into<String>,
    ) -> Result<Self, SetupError> {
        Self::builder(token, phone_number_id).build()
    }

    /// A client with settings of your own.
    pub fn builder(token: impl Into<String>, phone_number_id: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(&token.into(), phone_number_id.into())
    }

    /// The same client with another token, for when a token is renewed.
    ///
    /// # Errors
    ///
    /// When the token is empty or holds characters that no HTTP header takes.
    pub fn with_token(&self, token: impl Into<String>) -> Result<Self, SetupError> {
        let token = Token::new(&token.into());
        let headers = headers(&token)?;
        let inner = Inner::clone(&self.0);
        Ok(Self(Arc::new(Inner { token, headers, ..inner })))
    }

    /// The same client for another business phone number, by its id.
    ///
    /// # Errors
    ///
    /// When the phone number id is not a single segment of a path.
    pub fn for_number(&self, phone_number_id: impl Into<String>) -> Result<Self, SetupError> {
        let phone_number_id = phone_number_id.into();
        let messages = self.0.address.messages(&phone_number_id)?;
        let inner = Inner::clone(&self.0);
        let pace = inner.paces.of(&phone_number_id);
        Ok(Self(Arc::new(Inner { phone_number_id, messages, pace, ..inner })))
    }

    /// Returns the same client with other definitions of templates, for when they are read anew. Each message is held
    /// against them before it is sent, as [`ClientBuilder::templates`] says.
    ///
    /// ```
    /// use wa_message::{Client, Error, Templates, wa_message};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let client = Client::builder("a-token", "1").base_url("http://127.0.0.1:9").build()?;
    /// let templates = Templates::from_json(
    ///     r#"{ "name": "hello", "language": "en_US", "components": [{ "type": "BODY", "text": "Hello {{1}}" }] }"#,
    /// )?;
    /// let client = client.with_templates(templates);
    ///
    /// let message = wa_message! { <template> to: "+15550100", name: "hello", language: "en" };
    /// let error = client.send(&message).await.unwrap_err();
    /// assert!(matches!(error, Error::Invalid(_)) && error.is_safe_to_resend());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_templates(&self, templates: Templates) -> Self {
        let inner = Inner::clone(&self.0);
        Self(Arc::new(Inner { templates: Some(templates), ..inner }))
    }

    /// Returns the same client without a pace, without a policy of trying again and without a time to wait for a turn: each
    /// call is one request, at once. It is for whoever keeps the pace elsewhere, as an outbox does.
    #[must_use]
    pub fn one_attempt(&self) -> Self {
        let inner = Inner::clone(&self.0);
        let paces = Arc::new(Paces::new(Rates::none()));
        let pace = paces.of(&inner.phone_number_id);
        Self(Arc::new(Inner {
            retry: Arc::new(Backoff::never()),
            deadline: None,
            paces,
            pace,
            ..inner
        }))
    }

    /// The id of the business phone number that sends.
    #[must_use]
    pub fn phone_number_id(&self) -> &str {
        &self.0.phone_number_id
    }

    /// Sends a message.
    ///
    /// The answer means that the API has accepted the message, not that it was delivered: the status
    /// webhooks tell that.
    ///
    /// It waits for its turn when the number sends [too fast](ClientBuilder::rate), and
    /// [tries again](ClientBuilder::retry) what cannot arrive twice.
    ///
    /// If the future is dropped before it is ready, the message may or may not have been accepted.
    ///
    /// # Errors
    ///
    /// When the message was not accepted, or when it is not known whether it was; see [`Error`]. When the client has
    /// definitions of [templates](Self::with_templates), also when the message does not fit them.
    pub async fn send(&self, message: &Message) -> Result<Sent, Error> {
        // Whoever spawns this moves it several times over.
        Box::pin(self.send_watched(message, &Flight::default())).await
    }

    /// Sends a message, and lets the caller know what is certain when the future is dropped.
    pub(crate) async fn send_watched(
        &self,
        message: &Message,
        flight: &Flight,
    ) -> Result<Sent, Error> {
        if let Some(templates) = &self.0.templates {
            templates.check(message)?;
        }
        let request = Request {
            kind: observe::kind(message),
            // Of a message that the macro wrote, it would have to be found in the JSON.
            to: self.needs_addressee().then(|| message.addressee()),
            body: &|| message.to_json_bytes(),
            is_repeatable: false,
        };
        let accepted = |answer: Answer| answer.accepted::<SendAnswer, _>(&self.0.token, Sent::new);
        let Some(watch) = self.0.watch.as_deref() else {
            return self.deliver(&request, flight, accepted).await;
        };
        let watched = Watched::new(watch, &self.0.phone_number_id, message, flight);
        let result = self.deliver(&request, flight, accepted).await;
        watched.end(&result);
        result
    }

    /// Marks a received message as read, and shows the typing indicator if the receipt asks for it.
    ///
    /// It takes a receipt, or the message itself as a webhook brought it: `client.mark_read(&message)`.
    ///
    /// Unlike a message, a receipt may be sent again after any error: to mark a message twice does no
    /// harm. So it is also tried again when its outcome is in doubt.
    ///
    /// # Errors
    ///
    /// When the message was not marked, or when it is not known whether it was; see [`Error`].
    pub async fn mark_read(&self, received: &(impl ToReceipt + ?Sized)) -> Result<(), Error> {
        let receipt = received.to_receipt()?;
        self.send_receipt(&receipt).await
    }

    async fn send_receipt(&self, receipt: &ReadReceipt) -> Result<(), Error> {
        let request = Request {
            kind: "read",
            to: None,
            body: &|| receipt.to_json_bytes(),
            is_repeatable: true,
        };
        let accepted = |answer: Answer| {
            let answer = answer.accepted::<ReadAnswer, _>(&self.0.token, Ok)?;
            if answer.success { Ok(()) } else { Err(Error::NotMarked) }
        };
        self.deliver(&request, &Flight::default(), accepted).await
    }

    fn needs_addressee(&self) -> bool {
        self.0.pace.knows_recipients() || self.0.shown.shows_recipient()
    }

    async fn deliver<T: Accepted>(
        &self,
        request: &Request<'_>,
        flight: &Flight,
        accepted: impl Fn(Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let inner = &*self.0;
        let Request { kind, to, body, is_repeatable } = *request;
        let span = Span::new(kind, &inner.phone_number_id, to, body, inner.shown);
        let delivery = Delivery {
            pace: &inner.pace,
            policy: &*inner.retry,
            time: inner.deadline,
            to,
            is_repeatable,
            flight,
            observer: span.observer(kind),
        };
        let accepted = &accepted;
        // In a box, because the future of a request is large, and would be moved at each step.
        let post = || Box::pin(async move { accepted(self.post(body()).await?) });
        span.around(delivery.run(post)).await
    }

    async fn post(&self, body: Vec<u8>) -> Result<Answer, Error> {
        let inner = &*self.0;
        // What a builder of requests does beyond this takes its time.
        let mut request = reqwest::Request::new(Method::POST, inner.messages.clone());
        request.headers_mut().clone_from(&inner.headers);
        *request.body_mut() = Some(body.into());
        let response = inner.http.execute(request).await.map_err(Error::unanswered)?;
        Ok(Answer::read(response).await)
    }
}

/// The headers that a request has beside those of `reqwest`.
pub(crate) fn headers(token: &Token) -> Result<HeaderMap, SetupError> {
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, token.authorization()?);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(headers)
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("messages", &self.0.messages.as_str())
            .field("token", &self.0.token)
            .finish_non_exhaustive()
    }
}

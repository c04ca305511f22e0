//! The settings of a client.

use std::{fmt, sync::Arc, time::Duration};

use reqwest::{redirect, retry};
use wa_message_core::{Templates, Watch};
use wa_message_spec::tables;

use super::{
    Client,
    address::Address,
    client::{Inner, headers},
    limit::{Paces, Rates, RecipientRate},
    observe::Shown,
    retry::{Backoff, RetryPolicy},
    setup::{HttpError, SetupError},
    tls,
    token::Token,
};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(30);
/// Long enough for the pauses between the usual attempts, each with its timeout.
const DEADLINE: Duration = Duration::from_secs(120);
/// Shorter than servers usually wait: a request on a connection that the server is closing is in doubt.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(30);
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// The settings of a [`Client`]. [`Client::builder`] makes it.
///
/// ```
/// use std::time::Duration;
/// use wa_message::Client;
///
/// let client = Client::builder("a-token", "100200300400500")
///     .base_url("http://127.0.0.1:8080")
///     .timeout(Duration::from_secs(5))
///     .build()?;
/// # Ok::<_, wa_message::SetupError>(())
/// ```
#[must_use = "`build` makes the client"]
pub struct ClientBuilder {
    token: Token,
    phone_number_id: String,
    base_url: String,
    api_version: String,
    http: reqwest::ClientBuilder,
    retry: Arc<dyn RetryPolicy>,
    deadline: Option<Duration>,
    rates: Rates,
    shown: Shown,
    watch: Option<Arc<dyn Watch>>,
    templates: Option<Templates>,
    #[cfg(any(feature = "media", feature = "templates"))]
    timeout: Duration,
}

impl ClientBuilder {
    pub(super) fn new(token: &str, phone_number_id: String) -> Self {
        let http = reqwest::Client::builder()
            .user_agent(concat!("wa-message/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .pool_idle_timeout(POOL_IDLE_TIMEOUT);
        Self {
            token: Token::new(token),
            phone_number_id,
            base_url: tables::BASE_URL.to_owned(),
            api_version: tables::API_VERSION.to_owned(),
            http,
            retry: Arc::new(Backoff::new()),
            deadline: Some(DEADLINE),
            rates: Rates::default(),
            shown: Shown::default(),
            watch: None,
            templates: None,
            #[cfg(any(feature = "media", feature = "templates"))]
            timeout: TIMEOUT,
        }
    }

    /// The address of the API, without its version. Usually `https://graph.facebook.com`.
    ///
    /// It must be `https`. Plain `http` goes to loopback alone: `localhost`, `127.0.0.1` and the like,
    /// and `[::1]`. Then no proxy is used, whatever the environment says.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// The version of the API: `v23.0`. Usually the one that this library describes.
    pub fn api_version(mut self, api_version: impl Into<String>) -> Self {
        self.api_version = api_version.into();
        self
    }

    /// How long one attempt may take in all, from the connection to the end of the answer. Usually 30
    /// seconds.
    ///
    /// When the time is over, the outcome of the request is [in doubt](super::Error::InDoubt), so
    /// rather wait too long than too short. Where a file goes or comes, its bytes have their own time beside it.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.http = self.http.timeout(timeout);
        #[cfg(any(feature = "media", feature = "templates"))]
        {
            self.timeout = timeout;
        }
        self
    }

    /// How long it may take to connect. Usually 10 seconds.
    ///
    /// When the time is over, [nothing was sent](super::Error::NotSent).
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http = self.http.connect_timeout(timeout);
        self
    }

    /// How long a connection that is not used stays open. Defaults to 30 seconds; more than a year is no
    /// limit.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        // The pool adds it to the time of day, and a sum that no clock can tell is a panic there.
        let timeout = Some(timeout).filter(|timeout| *timeout <= A_YEAR);
        self.http = self.http.pool_idle_timeout(timeout);
        self
    }

    /// How many connections that are not used stay open. Usually there is no limit.
    ///
    /// HTTP/1.1 cannot tell a second answer to one request from the answer to the next one on the same connection. The API
    /// sends none, and what a faulty gateway between sends at the wrong moment is taken for the wrong message. With 0, each
    /// request has a connection of its own, and that cannot happen.
    pub fn pool_max_idle(mut self, connections: usize) -> Self {
        self.http = self.http.pool_max_idle_per_host(connections);
        self
    }

    /// Whether and when a request is tried again. Usually it is [`Backoff`]: what cannot arrive twice is
    /// tried up to 4 times. [`Backoff::never`] is one attempt alone.
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// How long a request may take until its last attempt begins: with waiting for its turn, with all
    /// attempts and with the pauses between them. Usually 2 minutes; `None` is no limit.
    ///
    /// An attempt that has begun is not cut, but has the [timeout](Self::timeout) of one. When it is not
    /// the turn of a request in this time, [nothing was sent](super::Error::NotSent).
    pub fn deadline(mut self, deadline: impl Into<Option<Duration>>) -> Self {
        self.deadline = deadline.into();
        self
    }

    /// How many messages and receipts a number sends in a second. Usually 80, which the API takes from
    /// every number; some are allowed 1000, and numbers that are also used with the app 20. 0 is taken as
    /// 1, and `None` is no limit.
    ///
    /// Who comes too early waits, in the order of coming. An answer that it was too much halves the rate,
    /// and it comes back within a minute. All clients of one number that come from one builder share it.
    pub fn rate(mut self, per_second: impl Into<Option<u32>>) -> Self {
        self.rates.number = per_second.into();
        self
    }

    /// How often a number writes to one recipient. Usually it is what the API takes,
    /// [`RecipientRate::default`]; `None` is no limit.
    pub fn recipient_rate(mut self, rate: impl Into<Option<RecipientRate>>) -> Self {
        self.rates.recipient = rate.into();
        self
    }

    /// Tells somebody of each message that is sent, whichever way: what follows messages by their statuses, and has to
    /// know of those that are in doubt. Usually nobody is told.
    pub fn watch(mut self, watch: impl Watch + 'static) -> Self {
        self.watch = Some(Arc::new(watch));
        self
    }

    /// Holds each message against the definition of its template before it is sent, whichever way. One that does not fit
    /// is [invalid](super::Error::Invalid), and nothing is sent. Usually nothing is known of templates.
    ///
    /// ```no_run
    /// use wa_message::{Client, Templates};
    ///
    /// let client = Client::builder("a-token", "100200300400500")
    ///     .templates(Templates::load("whatsapp-templates")?)
    ///     .build()?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn templates(mut self, templates: Templates) -> Self {
        self.templates = Some(templates);
        self
    }

    /// Lets the spans of `tracing` show the recipient. They do not otherwise.
    ///
    /// A request is a span `send` of the target `wa_message`, at the level `DEBUG`, with `kind` and
    /// `phone_number_id`. In it there is an event for each attempt, which counts from 1: `accepted` with
    /// the `wamid` at `DEBUG`, or `failed` at `WARN` with the `outcome`, the `class` and `code` of an error of
    /// the API, the HTTP `status`, the `fbtrace_id` and the `reason`. `tries again` has the pause, and
    /// `held back` is a request whose turn did not come in time.
    #[cfg(feature = "tracing")]
    pub fn trace_recipients(mut self, shown: bool) -> Self {
        self.shown.recipient = shown;
        self
    }

    /// Lets the spans of `tracing` show the body of the request, which has the recipient and the text in
    /// it. They do not otherwise.
    #[cfg(feature = "tracing")]
    pub fn trace_bodies(mut self, shown: bool) -> Self {
        self.shown.body = shown;
        self
    }

    /// Sets what this builder has no method for: a proxy, a root certificate beside those of the system
    /// (`tls_certs_merge`) or in their place (`tls_certs_only`), a resolver, a finished configuration of TLS.
    ///
    /// The HTTP library is there as `wa_message::client::reqwest`. A `reqwest::Client` of your own needs a provider of
    /// cryptography, if TLS is by rustls. Building a [`Client`] sets one, unless your program did.
    ///
    /// What the function sets about redirects and retries has no effect, because the client does
    /// neither.
    ///
    /// `connection_verbose` writes what goes over the connection into the log, and so shows the token: it is
    /// the one setting that does. Leave it off where anybody reads the log.
    ///
    /// ```no_run
    /// use wa_message::client::{Client, reqwest::Proxy};
    ///
    /// let proxy = Proxy::https("http://proxy.example:3128")?;
    /// let client = Client::builder("a-token", "100200300400500")
    ///     .configure_http(|http| http.proxy(proxy))
    ///     .build()?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn configure_http(
        mut self,
        configure: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.http = configure(self.http);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// When the token, the phone number id, the base address or the version cannot be used, when there is
    /// nobody to encrypt, or when the system's TLS certificates cannot be loaded.
    pub fn build(self) -> Result<Client, SetupError> {
        let headers = headers(&self.token)?;
        let address = Address::new(&self.base_url, &self.api_version)?;
        let messages = address.messages(&self.phone_number_id)?;

        tls::prepare(address.is_plain())?;
        let mut http = self.http.redirect(redirect::Policy::none()).retry(retry::never());
        if address.is_plain() {
            // A proxy would get the token in plain text.
            http = http.no_proxy();
            // And without TLS, a system that has no certificates will do.
            #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
            {
                http = http.tls_certs_only([]);
            }
        }
        let http = http.build().map_err(|error| SetupError::Http(HttpError(error)))?;

        let paces = Arc::new(Paces::new(self.rates));
        let pace = paces.of(&self.phone_number_id);
        Ok(Client(Arc::new(Inner {
            http,
            address,
            phone_number_id: self.phone_number_id,
            messages,
            token: self.token,
            headers,
            retry: self.retry,
            deadline: self.deadline,
            paces,
            pace,
            shown: self.shown,
            watch: self.watch,
            templates: self.templates,
            #[cfg(any(feature = "media", feature = "templates"))]
            calls: crate::call::Settings::new(self.timeout),
        })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("token", &self.token)
            .field("phone_number_id", &self.phone_number_id)
            .field("base_url", &self.base_url)
            .field("api_version", &self.api_version)
            .field("http", &self.http)
            .field("deadline", &self.deadline)
            .field("rates", &self.rates)
            .field("templates", &self.templates)
            .finish_non_exhaustive()
    }
}

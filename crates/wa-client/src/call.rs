//! Requests as data, and the road of all of them: spans, retries, the token.

use std::{future::Future, marker::PhantomData, sync::Arc, time::Duration};

#[cfg(feature = "templates")]
use reqwest::header::CONTENT_TYPE;
use reqwest::{
    Body, Method, Request, Url,
    header::{AUTHORIZATION, HeaderName, HeaderValue},
};
use wa_message_core::__shared as shared;
use wa_message_spec::media::Operation;

use crate::{
    Backoff, Client, Error, RetryPolicy,
    address::is_segment,
    answer::Answer,
    deliver::{Delivery, Flight},
    limit::{Pace, Paces, Rates},
    observe::{Accepted, Shown, Span},
};

const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// What a client has for requests that are no messages.
#[derive(Clone)]
pub(crate) struct Settings {
    /// How long an attempt may take, without what its bytes take.
    pub(crate) timeout: Duration,
    /// No pace at all: that of the number is for messages.
    pace: Arc<Pace>,
}

impl Settings {
    pub(crate) fn new(timeout: Duration) -> Self {
        let pace = Paces::new(Rates { number: None, recipient: None }).of("");
        // It is added to the time of day, and a sum that no clock can tell is a panic.
        Self { timeout: timeout.min(A_YEAR), pace }
    }
}

/// An answer, by what it is about.
pub(crate) trait Topic: shared::Answer {
    /// Says that something which is filled into the path would lead elsewhere.
    fn malformed() -> Error;
}

/// How many bytes a second are slow, but go on.
const SLOW: u64 = 64 * 1024;

/// Something that can be filled in.
type Filled = (&'static str, String);

/// A request without its body. `A` is what is answered.
pub(crate) struct Call<A> {
    pub(crate) operation: &'static Operation,
    path: Vec<Filled>,
    query: Vec<Filled>,
    headers: Vec<Filled>,
    /// A query that is kept as it came.
    raw_query: Option<String>,
    answer: PhantomData<fn() -> A>,
}

impl<A: Topic> Call<A> {
    pub(crate) fn new(operation: &'static Operation) -> Self {
        let (path, query, headers) = (Vec::new(), Vec::new(), Vec::new());
        Self { operation, path, query, headers, raw_query: None, answer: PhantomData }
    }

    pub(crate) fn path(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.path.extend(filled(name, value));
        self
    }

    pub(crate) fn query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(filled(name, value));
        self
    }

    #[cfg_attr(not(feature = "media"), allow(dead_code))] // As all requests are made.
    pub(crate) fn header(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.headers.extend(filled(name, value));
        self
    }

    /// The same request, of whose answer something else is of use.
    #[cfg(feature = "templates")]
    pub(crate) fn answering<B>(self) -> Call<B> {
        let Self { operation, path, query, headers, raw_query, .. } = self;
        Call { operation, path, query, headers, raw_query, answer: PhantomData }
    }

    /// Takes a query as it came, in place of all others.
    #[cfg_attr(not(feature = "media"), allow(dead_code))]
    pub(crate) fn raw_query(mut self, query: Option<&str>) -> Self {
        self.raw_query = query.map(str::to_owned);
        self
    }

    /// Returns the address, if all that is filled into its path stays where it is put.
    pub(crate) fn url(&self, client: &Client) -> Result<Url, Error> {
        let malformed = A::malformed;
        let mut path = String::new();
        for segment in self.operation.path.split('/').skip(1) {
            path.push('/');
            let Some((before, rest)) = segment.split_once('{') else {
                path.push_str(segment);
                continue;
            };
            let (name, after) = rest.split_once('}').ok_or_else(malformed)?;
            let value = self.path.iter().find(|(known, _)| *known == name);
            let (_, value) = value.ok_or_else(malformed)?;
            let fits = if before.is_empty() { is_segment(value) } else { is_rest_of_path(value) };
            if !fits {
                return Err(malformed());
            }
            path.extend([before, value, after]);
        }
        let mut url = client.0.address.at(&path);
        match &self.raw_query {
            Some(query) => url.set_query(Some(query)),
            None if self.query.is_empty() => {}
            None => {
                url.query_pairs_mut().extend_pairs(&self.query);
            }
        }
        Ok(url)
    }

    /// Makes the request. A body has a number of bytes, by which it is known how long it may take.
    pub(crate) fn request(
        &self,
        client: &Client,
        body: Option<(Body, u64)>,
    ) -> Result<Request, Error> {
        let method = Method::from_bytes(self.operation.method.as_bytes()).unwrap_or(Method::GET);
        let mut request = request(client, self.operation, method, self.url(client)?);
        for (name, value) in &self.headers {
            let header = (HeaderName::try_from(*name), HeaderValue::try_from(value));
            if let (Ok(name), Ok(value)) = header {
                request.headers_mut().insert(name, value);
            }
        }
        if let Some((body, size)) = body {
            *request.timeout_mut() = Some(time_for(client, size));
            *request.body_mut() = Some(body);
        }
        Ok(request)
    }
}

impl<A: Topic> Call<A> {
    /// Makes the request, with all attempts that may be made, and understands the answer.
    pub(crate) async fn send<T: Accepted>(
        &self,
        client: &Client,
        make: impl Fn(A) -> Result<T, &'static str>,
    ) -> Result<T, Error> {
        let post = || async {
            let request = self.request(client, None)?;
            self.answered(client, request, &make).await
        };
        deliver(client, self.operation, Tries::AsAllowed, post).await
    }

    /// Makes the request with a body of JSON, and understands the answer.
    #[cfg(feature = "templates")]
    pub(crate) async fn send_json<T: Accepted>(
        &self,
        client: &Client,
        json: Vec<u8>,
        make: impl Fn(A) -> Result<T, &'static str>,
    ) -> Result<T, Error> {
        let (json, size) = (bytes::Bytes::from(json), 0);
        let post = || async {
            let mut request = self.request(client, Some((json.clone().into(), size)))?;
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(CONTENT_TYPE, json);
            self.answered(client, request, &make).await
        };
        deliver(client, self.operation, Tries::AsAllowed, post).await
    }

    /// Makes one attempt, and understands the answer.
    pub(crate) async fn answered<T>(
        &self,
        client: &Client,
        request: Request,
        make: impl FnOnce(A) -> Result<T, &'static str>,
    ) -> Result<T, Error> {
        let response = client.0.http.execute(request).await.map_err(Error::unanswered)?;
        Answer::read(response).await.accepted::<A, T>(&client.0.token, make)
    }
}

fn filled(name: &'static str, value: Option<impl ToString>) -> Option<Filled> {
    value.map(|value| (name, value.to_string()))
}

/// Whether a text may end a path, with slashes in it: ids of uploads are base64.
pub(crate) fn is_rest_of_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\\?#%".contains(&byte);
    !text.is_empty()
        && text.bytes().all(plain)
        && !text.split('/').any(|part| part == "." || part == "..")
}

/// A request with the token, and nothing else yet.
pub(crate) fn request(client: &Client, operation: &Operation, method: Method, url: Url) -> Request {
    let mut request = Request::new(method, url);
    // The token was one when the client was built.
    if let Ok(value) = client.0.token.authorization_as(operation.authorization) {
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    request
}

/// How long it may take to move so many bytes: the time of any request, and what a slow line needs.
pub(crate) fn time_for(client: &Client, bytes: u64) -> Duration {
    client.0.calls.timeout.saturating_add(Duration::from_secs(bytes / SLOW))
}

/// How often a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tries {
    /// As the client's policy says, where the description allows it.
    AsAllowed,
    /// Once, because its body cannot be read again.
    Once,
}

/// Makes attempts until one succeeds or nothing more is to be tried.
///
/// The pace of the number is for messages, and is not spent here.
pub(crate) async fn deliver<T: Accepted, F>(
    client: &Client,
    operation: &'static Operation,
    tries: Tries,
    post: impl FnMut() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    const NEVER: Backoff = Backoff::never();
    let inner = &*client.0;
    let policy: &dyn RetryPolicy = if tries == Tries::Once { &NEVER } else { &*inner.retry };
    let span = Span::new(operation.id, &inner.phone_number_id, None, &Vec::new, Shown::default());
    let flight = Flight::default();
    let delivery = Delivery {
        pace: &inner.calls.pace,
        policy,
        time: inner.deadline,
        to: None,
        is_repeatable: operation.may_repeat.is_some(),
        flight: &flight,
        observer: span.observer(operation.id),
    };
    // In a box, because it is large, and would be moved at each step.
    let result = span.around(Box::pin(delivery.run(post))).await;
    result.map_err(|error| error.repeatable(operation.may_repeat))
}

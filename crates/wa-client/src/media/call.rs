//! Requests as data, and the road of all of them: spans, retries, the token.

use std::{fmt::Write as _, future::Future, marker::PhantomData, time::Duration};

use reqwest::{
    Body, Method, Request, Url,
    header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
};
use wa_message_core::__shared as shared;
use wa_message_spec::media::Operation;

use super::error::{FileError, FileErrorKind};
use crate::{
    Backoff, Client, Error, RetryPolicy,
    address::is_segment,
    answer::Answer,
    deliver::{Delivery, Flight},
    observe::{Accepted, Shown, Span},
};

/// How many bytes a second are slow, but go on.
const SLOW: u64 = 64 * 1024;

/// Something that can be filled in.
type Filled = (&'static str, String);

/// A request without its body. `A` is what is answered.
pub(super) struct Call<A> {
    pub(super) operation: &'static Operation,
    path: Vec<Filled>,
    query: Vec<Filled>,
    headers: Vec<Filled>,
    /// A query that is kept as it came.
    raw_query: Option<String>,
    answer: PhantomData<fn() -> A>,
}

impl<A> Call<A> {
    pub(super) fn new(operation: &'static Operation) -> Self {
        let (path, query, headers) = (Vec::new(), Vec::new(), Vec::new());
        Self { operation, path, query, headers, raw_query: None, answer: PhantomData }
    }

    pub(super) fn path(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.path.extend(filled(name, value));
        self
    }

    pub(super) fn query(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.query.extend(filled(name, value));
        self
    }

    pub(super) fn header(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.headers.extend(filled(name, value));
        self
    }

    /// Takes a query as it came, in place of all others.
    pub(super) fn raw_query(mut self, query: Option<&str>) -> Self {
        self.raw_query = query.map(str::to_owned);
        self
    }

    /// Returns the address, if all that is filled into its path stays where it is put.
    fn url(&self, client: &Client) -> Result<Url, Error> {
        let malformed = || Error::from(FileError::new(FileErrorKind::MalformedId));
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
    pub(super) fn request(
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

impl<A: shared::Answer> Call<A> {
    /// Makes the request, with all attempts that may be made, and understands the answer.
    pub(super) async fn send<T: Accepted>(
        &self,
        client: &Client,
        make: impl Fn(A) -> Option<T>,
    ) -> Result<T, Error> {
        let post = || async {
            let request = self.request(client, None)?;
            self.answered(client, request, &make).await
        };
        deliver(client, self.operation, Tries::AsAllowed, post).await
    }

    /// Makes one attempt, and understands the answer.
    pub(super) async fn answered<T>(
        &self,
        client: &Client,
        request: Request,
        make: impl FnOnce(A) -> Option<T>,
    ) -> Result<T, Error> {
        let response = client.0.http.execute(request).await.map_err(Error::unanswered)?;
        Answer::read(response).await.accepted::<A, T>(&client.0.token, make)
    }
}

fn filled(name: &'static str, value: Option<impl ToString>) -> Option<Filled> {
    value.map(|value| (name, value.to_string()))
}

/// Whether a text may end a path, with slashes in it: ids of uploads are base64.
pub(super) fn is_rest_of_path(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\\?#%".contains(&byte);
    !text.is_empty()
        && text.bytes().all(plain)
        && !text.split('/').any(|part| part == "." || part == "..")
}

/// A request with the token, and nothing else yet.
pub(super) fn request(client: &Client, operation: &Operation, method: Method, url: Url) -> Request {
    let mut request = Request::new(method, url);
    // The token was one when the client was built.
    if let Ok(value) = client.0.token.authorization_as(operation.authorization) {
        request.headers_mut().insert(AUTHORIZATION, value);
    }
    request
}

/// How long it may take to move so many bytes: the time of any request, and what a slow line needs.
pub(super) fn time_for(client: &Client, bytes: u64) -> Duration {
    client.0.media.timeout.saturating_add(Duration::from_secs(bytes / SLOW))
}

/// How often a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tries {
    /// As the client's policy says, where the description allows it.
    AsAllowed,
    /// Once, because its body cannot be read again.
    Once,
}

/// Makes attempts until one succeeds or nothing more is to be tried.
///
/// The pace of the number is for messages, and is not spent here.
pub(super) async fn deliver<T: Accepted, F>(
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
        pace: &inner.media.pace,
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

/// A form with a file in it.
pub(super) struct Form {
    file: &'static str,
    texts: Vec<Filled>,
}

impl Form {
    pub(super) fn new(file: &'static str) -> Self {
        Self { file, texts: Vec::new() }
    }

    pub(super) fn text(mut self, name: &'static str, value: Option<impl ToString>) -> Self {
        self.texts.extend(filled(name, value));
        self
    }

    /// Writes what stands before the bytes of the file and what behind them.
    ///
    /// Files are chosen before the boundary is, so none has it in it but by a chance of one to 2^128. The form that
    /// `reqwest` makes would bring a table of all types that there are.
    pub(super) fn around(&self, boundary: &str, name: &str, mime_type: &str) -> (Vec<u8>, Vec<u8>) {
        let mut head = String::new();
        for (name, value) in &self.texts {
            let _ = write!(
                head,
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        let _ = write!(
            head,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\n\
             Content-Type: {mime_type}\r\n\r\n",
            self.file,
            quoted(name)
        );
        (head.into_bytes(), format!("\r\n--{boundary}--\r\n").into_bytes())
    }
}

/// Makes a boundary that is in no file.
pub(super) fn boundary() -> String {
    format!("wa-message-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// The header that says where a form has its boundary.
pub(super) fn form_type(headers: &mut HeaderMap, boundary: &str) {
    if let Ok(value) = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}")) {
        headers.insert(reqwest::header::CONTENT_TYPE, value);
    }
}

/// The name of a file in a header, as browsers write it.
fn quoted(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        match letter {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            letter if letter.is_control() => out.push('_'),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::media::generated::requests::{
        continue_upload, look_up_media, start_upload, upload_form,
    };

    fn client() -> Client {
        Client::builder("a-token", "1").base_url("http://127.0.0.1:9/gateway/").build().unwrap()
    }

    #[test]
    fn addresses_are_filled_in() {
        let client = client();
        let url = |call: Result<Url, Error>| {
            call.map(|url| url.as_str().replace("http://127.0.0.1:9/gateway/v23.0", ""))
        };
        assert_eq!(url(look_up_media("500", None).url(&client)).unwrap(), "/500");
        assert_eq!(
            url(look_up_media("500", Some("1")).url(&client)).unwrap(),
            "/500?phone_number_id=1"
        );
        assert_eq!(
            url(start_upload("7", Some("a b&c.jpg"), 17, "image/jpeg").url(&client)).unwrap(),
            "/7/uploads?file_name=a+b%26c.jpg&file_length=17&file_type=image%2Fjpeg"
        );
        // What belongs to the id of an upload is kept as it came.
        let resumed = continue_upload("MTphdH/+==", None, 4).raw_query(Some("sig=AR%2Bx"));
        assert_eq!(url(resumed.url(&client)).unwrap(), "/upload:MTphdH/+==?sig=AR%2Bx");
        for id in ["", ".", "..", "1/2", "1?x", "1#", "ü", "1 2", "%2e"] {
            assert!(look_up_media(id, None).url(&client).is_err(), "{id}");
        }
        for session in ["", "a/../../b", "a?b", "a\\b", "a b", "a#", "a%2e"] {
            assert!(continue_upload(session, None, 0).url(&client).is_err(), "{session}");
        }
    }

    #[test]
    fn a_form_has_its_parts_and_a_name_stays_in_its_quotes() {
        let form = upload_form("image/png", Some(60));
        let (head, tail) = form.around("B", "a\"\r\nX: y\u{7}ü.png", "image/png");
        assert_eq!(
            String::from_utf8(head).unwrap(),
            "--B\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n\
             --B\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage/png\r\n\
             --B\r\nContent-Disposition: form-data; name=\"ttl_minutes\"\r\n\r\n60\r\n\
             --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22%0D%0AX: y_ü.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        assert_eq!(tail, b"\r\n--B--\r\n");
        assert_ne!(boundary(), boundary());
    }
}

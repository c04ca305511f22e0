//! Control over HTTP, for other languages: everything under `/_sandbox`, as JSON.

mod actions;
mod body;
mod guard;
mod lists;
#[cfg(feature = "page")]
mod pages;
mod problem;
mod settings;
mod templates;
mod wrong;

use std::{collections::HashMap, sync::Arc, time::Duration};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{
        ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
        WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
    },
};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time;
use wa_message_spec::tables::API_VERSION;

pub(crate) use self::guard::Guard;
use self::{body::Body, problem::Problem};
use crate::{
    body::AnswerBody,
    generated::control::CALLS,
    log,
    server::{announces_more, query},
    state::State,
};

/// Where it is.
pub(crate) const PREFIX: &str = "/_sandbox";
/// How long a body may be, in bytes.
const BODY_AT_MOST: usize = 1024 * 1024;
/// How long a body may take to arrive.
const READING_AT_MOST: Duration = Duration::from_secs(30);
/// How long somebody may wait for the webhooks to settle.
const SETTLING_AT_MOST: Duration = Duration::from_secs(30);

/// A call that is to be answered.
struct Call<'c> {
    state: &'c Arc<State>,
    /// What stands in the path in place of the name in braces.
    name: String,
    query: HashMap<String, String>,
    body: Value,
    /// The body of a call that takes a file.
    file: Bytes,
}

impl Call<'_> {
    /// The body as a type.
    fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        // The error names what is wrong in the body, and goes to whoever has sent it.
        T::deserialize(Body(&self.body)).map_err(Problem::from)
    }

    /// The query as a type, whose members are texts.
    fn read_query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let members = self.query.iter().map(|(name, value)| (name.clone(), value.clone().into()));
        T::deserialize(Body(&Value::Object(members.collect()))).map_err(Problem::from)
    }

    /// How many items of a list are asked for: the newest.
    fn limit(&self) -> Result<usize, Problem> {
        const USUAL: usize = 100;
        match self.query.get("limit") {
            None => Ok(USUAL),
            Some(limit) => {
                let unfit = "`limit` must be a whole number from 0 on, such as 100";
                limit.parse().map_err(|_| Problem::unfit(unfit.to_owned()))
            }
        }
    }

    /// The newest items of a list, in its order.
    fn newest<T>(&self, mut items: Vec<T>) -> Result<Vec<T>, Problem> {
        let before = items.len().saturating_sub(self.limit()?);
        Ok(items.split_off(before))
    }
}

type Handle = fn(&Call<'_>) -> Result<Value, Problem>;

/// What can be called: a method, a path, and who answers.
struct Endpoint {
    method: Method,
    path: &'static str,
    handle: Handle,
}

impl Endpoint {
    /// What it does, and bodies that it takes, in the words of the description.
    fn described(&self) -> (&'static str, &'static [&'static str]) {
        let is_this = |method: &str, path: &str| {
            self.method.as_str() == method && path.strip_prefix(PREFIX) == Some(self.path)
        };
        let call = CALLS.iter().find(|(method, path, ..)| is_this(method, path));
        call.map_or(("", &[]), |(_, _, says, examples)| (says, examples))
    }
}

const fn endpoint(method: Method, path: &'static str, handle: Handle) -> Endpoint {
    Endpoint { method, path, handle }
}

/// The path that waits until all webhooks are posted.
const SETTLED: &str = "/settled";
/// The path whose body is a file.
const FILES: &str = "/customers/{customer}/files";

fn endpoints() -> Vec<Endpoint> {
    use self::{actions as act, lists as list, settings as set, templates};
    vec![
        endpoint(Method::GET, "", index),
        endpoint(Method::GET, "/choices", list::choices),
        endpoint(Method::GET, "/received", list::received),
        endpoint(Method::GET, "/ledger", list::ledger),
        endpoint(Method::GET, "/deliveries", list::deliveries),
        endpoint(Method::GET, SETTLED, list::settled),
        endpoint(Method::POST, "/redeliveries", act::redeliver),
        endpoint(Method::GET, "/customers/{customer}", list::customer),
        endpoint(Method::POST, "/customers/{customer}", act::customer),
        endpoint(Method::POST, FILES, act::sends_file),
        endpoint(Method::POST, "/asks", act::asks),
        endpoint(Method::POST, "/statuses", act::status),
        endpoint(Method::POST, "/changes", act::change),
        endpoint(Method::PUT, "/faults", set::faults),
        endpoint(Method::POST, "/faults", set::next_fault),
        endpoint(Method::POST, "/clock", set::clock),
        endpoint(Method::PUT, "/limits", set::limits),
        endpoint(Method::PUT, "/webhooks/faults", set::webhook_faults),
        endpoint(Method::POST, "/webhooks/faults", set::next_webhook_fault),
        endpoint(Method::PUT, "/webhooks/statuses", set::statuses),
        endpoint(Method::POST, "/reset", set::reset),
        endpoint(Method::GET, "/media", list::media),
        endpoint(Method::GET, "/templates", templates::list),
        endpoint(Method::POST, "/templates", templates::add),
        endpoint(Method::POST, "/templates/changes", templates::change),
        endpoint(Method::PUT, "/templates/approval", templates::approval),
        #[cfg(feature = "page")]
        endpoint(Method::GET, "/outcomes", pages::outcomes),
        #[cfg(feature = "page")]
        endpoint(Method::GET, "/entries/{number}", pages::entry),
        #[cfg(feature = "page")]
        endpoint(Method::POST, "/drafts", pages::draft),
    ]
}

/// Says what the sandbox is, and what can be called.
#[allow(clippy::unnecessary_wraps)] // All calls are answered by functions of one type.
fn index(call: &Call<'_>) -> Result<Value, Problem> {
    let paths = endpoints();
    let paths = paths.iter().map(|endpoint| {
        let (summary, examples) = endpoint.described();
        let examples = examples.iter().filter_map(|one| serde_json::from_str::<Value>(one).ok());
        json!({
            "method": endpoint.method.as_str(),
            "path": format!("{PREFIX}{}", endpoint.path),
            "summary": summary,
            "examples": examples.collect::<Vec<_>>(),
        })
    });
    Ok(json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "phone_number_id": call.state.phone_number_id(),
        "messages": format!("/{API_VERSION}/{}/messages", call.state.phone_number_id()),
        "webhooks": call.state.hooks.is_some(),
        "paths": paths.collect::<Vec<_>>(),
    }))
}

/// Returns the refusal of a request for the page, which has the guard of the control.
#[cfg(feature = "page")]
pub(crate) fn refusal(
    uri: &hyper::Uri,
    headers: &HeaderMap,
    state: &State,
) -> Option<Response<AnswerBody>> {
    state.guard.admit(uri, headers).err().map(|problem| refused(&problem))
}

/// Returns whether a request comes from a web site that is not ours.
#[cfg(feature = "page")]
pub(crate) fn is_from_elsewhere(uri: &hyper::Uri, headers: &HeaderMap, state: &State) -> bool {
    state.guard.admit_site(uri, headers).is_err()
}

/// Answers a request under the prefix.
pub(crate) async fn answer(request: Request<Incoming>, state: &Arc<State>) -> Response<AnswerBody> {
    let line = format!("{} {}", request.method(), request.uri().path());
    match dispatch(request, state).await {
        Ok(json) => response(StatusCode::OK, &json),
        Err(problem) => {
            (state.log)(&log::one_line(&format!("refused {line}: {problem}")));
            refused(&problem)
        }
    }
}

fn refused(problem: &Problem) -> Response<AnswerBody> {
    let mut response = response(problem.status(), &problem.to_json());
    if let Some(Ok(allow)) = problem.allow().map(HeaderValue::try_from) {
        response.headers_mut().insert(ALLOW, allow);
    }
    if matches!(problem, Problem::Locked(_)) {
        // Browsers ask for it then.
        let basic = HeaderValue::from_static("Basic realm=\"sandbox\", charset=\"UTF-8\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, basic);
    }
    response
}

fn response(status: StatusCode, json: &Value) -> Response<AnswerBody> {
    let mut response = Response::new(AnswerBody::whole(json.to_string()));
    *response.status_mut() = status;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Nothing of it is for another site, and nothing is kept.
pub(crate) const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_TYPE, "application/json; charset=UTF-8"),
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

async fn dispatch(request: Request<Incoming>, state: &Arc<State>) -> Result<Value, Problem> {
    let (head, body) = request.into_parts();
    state.guard.admit(&head.uri, &head.headers)?;
    let path = head.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let path = path.strip_suffix('/').unwrap_or(path);
    let endpoints = endpoints();
    let at_path = || endpoints.iter().filter_map(|one| Some((one, fits(one.path, path)?)));
    let Some((endpoint, name)) = at_path().find(|(one, _)| one.method == head.method) else {
        let methods: Vec<_> = at_path().map(|(one, _)| one.method.as_str()).collect();
        return Err(if methods.is_empty() {
            Problem::unknown_path()
        } else {
            Problem::wrong_method(methods.join(", "))
        });
    };
    if endpoint.method != Method::GET {
        guard::admit_change(&head.headers)?;
    }
    let (mut json, mut file) = (Value::Null, Bytes::new());
    if endpoint.path == FILES {
        file = read_file(&head.headers, body, state).await?;
    } else if endpoint.method != Method::GET {
        json = read(&head.headers, body).await?;
    }
    let query = query(&head.uri);
    if endpoint.path == SETTLED
        && let Some(hooks) = &state.hooks
    {
        // That it takes longer is told in the answer.
        let _ = time::timeout(SETTLING_AT_MOST, hooks.settle()).await;
    }
    let answered = (endpoint.handle)(&Call { state, name, query, body: json, file });
    answered.map_err(|problem| problem.with_example_of(endpoint.described().1))
}

/// Whether a path is this one, and what stands in it in place of the name in braces.
fn fits(known: &str, path: &str) -> Option<String> {
    let Some((start, rest)) = known.split_once('{') else {
        return (known == path).then(String::new);
    };
    let end = rest.split_once('}').map_or("", |(_, end)| end);
    let name = path.strip_prefix(start)?.strip_suffix(end)?;
    let name = Some(name).filter(|name| !name.is_empty() && !name.contains('/'))?;
    percent_decode_str(name).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

/// Reads a file. A web site cannot send this type of content without asking first, which nothing here answers.
async fn read_file(headers: &HeaderMap, body: Incoming, state: &State) -> Result<Bytes, Problem> {
    const BYTES: &str = "application/octet-stream";
    if headers.get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes() != BYTES.as_bytes()) {
        return Err(Problem::wrong_content_type(BYTES));
    }
    let file = crate::media::read_file(body, state).await;
    file.map_err(|refusal| match refusal.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::file_too_large(),
        _ => Problem::unfit(refusal.details().to_owned()),
    })
}

async fn read(headers: &HeaderMap, body: Incoming) -> Result<Value, Problem> {
    if !crate::account::is_json(headers) {
        return Err(Problem::wrong_content_type("application/json"));
    }
    if announces_more(&body, BODY_AT_MOST) {
        return Err(Problem::too_large());
    }
    let body = Limited::new(body, BODY_AT_MOST).collect();
    let body = match time::timeout(READING_AT_MOST, body).await {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(Problem::too_large()),
        _ => return Err(Problem::unfit("the body did not arrive as a whole".to_owned())),
    };
    if body.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(&body)
        .map_err(|error| Problem::unfit(format!("the body is no JSON: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_a_path() {
        let name = |known, path| fits(known, path);
        assert_eq!(name("/a", "/a"), Some(String::new()));
        assert_eq!(name("/a/{b}", "/a/x%20y"), Some("x y".to_owned()));
        assert_eq!(name("/a/{b}/c", "/a/x/c"), Some("x".to_owned()));
        for (known, path) in [
            ("/a", "/a/b"),
            ("/a/{b}", "/a/"),
            ("/a/{b}", "/a/x/c"),
            ("/a/{b}/c", "/a//c"),
            ("/a/{b}/c", "/a/x/y/c"),
            ("/a/{b}/c", "/a/c"),
        ] {
            assert_eq!(name(known, path), None, "{known} {path}");
        }
    }

    #[test]
    fn each_call_is_described() {
        if cfg!(feature = "page") {
            assert_eq!(endpoints().len(), CALLS.len());
        }
        for endpoint in endpoints() {
            let (says, examples) = endpoint.described();
            let path = endpoint.path;
            assert!(!says.is_empty(), "{path}");
            let is_json = endpoint.method != Method::GET && path != FILES;
            assert_eq!(examples.is_empty(), !is_json, "{path}");
            for example in examples {
                assert!(serde_json::from_str::<Value>(example).is_ok(), "{path}: {example}");
            }
        }
    }
}

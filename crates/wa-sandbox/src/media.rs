//! Files: up, looked up, down and away, and samples in parts.

mod address;
mod body;
mod check;
mod resumable;
mod route;
mod store;
mod upload;

use std::sync::Arc;

use hyper::{
    Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue, USER_AGENT, X_CONTENT_TYPE_OPTIONS},
    http::request::Parts,
};
use serde_json::{Value, json};
use wa_message_spec::media::refusals::UNKNOWN_ID;

pub use self::store::StoredMedia;
pub(crate) use self::{
    check::{is_content, kind_of},
    route::{Route, filled_in},
    store::MediaStore,
};
use crate::{
    body::AnswerBody,
    log,
    refusal::Refusal,
    server::{query, refused, response},
    state::State,
};

type Answer = Result<Response<AnswerBody>, Refusal>;

/// The size of the largest file that the API takes, in bytes.
pub(crate) const FILE_AT_MOST: u64 = wa_message_spec::media::MOST;

/// Reads a file that comes as the body of a request. All that arrive share a bounded part of the memory.
pub(crate) async fn read_file(body: Incoming, state: &State) -> Result<Bytes, Refusal> {
    let most = check::most();
    body::is_at_most(&body, most)?;
    let mut pieces = state.media.arriving.pieces(most);
    body::read(body, &mut pieces).await?;
    Ok(pieces.take())
}

/// Answers a request for a file.
pub(crate) async fn answer(
    route: Route,
    request: Request<Incoming>,
    state: &Arc<State>,
) -> Response<AnswerBody> {
    let (head, body) = request.into_parts();
    match dispatch(route, &head, body, state).await {
        Ok(answer) => answer,
        Err(refusal) => {
            (state.log)(&log::of_refusal(&head.method, &head.uri, &refusal));
            refused(&refusal, state)
        }
    }
}

async fn dispatch(route: Route, head: &Parts, body: Incoming, state: &Arc<State>) -> Answer {
    if let Some(methods) = route.refuses(&head.method) {
        return Err(Refusal::wrong_method(&head.method, methods));
    }
    state.account.authorize(&head.headers, route.authorization())?;
    match route {
        Route::Session(session) => resumable::session(&session, head, body, state).await,
        Route::Download => download(head, state),
        Route::Upload(number) => {
            state.account.owns(&number)?;
            upload::take(number, head, body, state).await
        }
        Route::StartUpload => resumable::start(head, state),
        Route::File(id) => file(&id, head, state),
    }
}

fn file(id: &str, head: &Parts, state: &State) -> Answer {
    let number = query(&head.uri).remove("phone_number_id");
    let unknown = || {
        let details = format!("there is no file `{id}`, or it belongs to another phone number");
        Refusal::of(&UNKNOWN_ID, details)
    };
    let is_of = |file: &StoredMedia| {
        number.as_deref().is_none_or(|number| number == file.phone_number_id())
    };
    let file = state.media.get(id).filter(is_of).ok_or_else(unknown)?;
    if head.method == hyper::Method::DELETE {
        state.media.remove(id);
        (state.log)(&format!("deleted the file {id}"));
        return Ok(with_json(&json!({ "success": true })));
    }
    Ok(with_json(&json!({
        "messaging_product": "whatsapp",
        "url": state.media.address(&file, false, &state.base_url()),
        "mime_type": file.mime_type(),
        "sha256": file.sha256_hex(),
        "file_size": file.bytes().len(),
        "id": file.id(),
    })))
}

fn download(head: &Parts, state: &State) -> Answer {
    let mut agents = head.headers.get_all(USER_AGENT).iter();
    if agents.next().is_none_or(|agent| agent.as_bytes().trim_ascii().is_empty())
        || agents.next().is_some()
    {
        return Err(Refusal::user_agent());
    }
    let query = query(&head.uri);
    let file = state.media.at_address(&query).ok_or_else(Refusal::expired_address)?;
    let mut answer = response(StatusCode::OK, AnswerBody::whole(file.data()));
    let headers = answer.headers_mut();
    let mime_type = HeaderValue::try_from(file.mime_type());
    let octets = HeaderValue::from_static("application/octet-stream");
    headers.insert(CONTENT_TYPE, mime_type.unwrap_or(octets));
    // Somebody may open the address in a browser, and the file may be a page.
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(answer)
}

fn with_json(value: &Value) -> Response<AnswerBody> {
    response(StatusCode::OK, AnswerBody::whole(Bytes::from(value.to_string())))
}

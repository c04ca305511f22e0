//! The resumable upload: begun, continued from an offset, and asked for.

use hyper::{Method, body::Incoming, http::request::Parts};
use serde_json::json;

use super::{Answer, body, check, with_json};
use crate::{refusal::Refusal, server::query, state::State};

/// Begins an upload.
pub(super) fn start(head: &Parts, state: &State) -> Answer {
    let query = query(&head.uri);
    let need = |name: &str| {
        query
            .get(name)
            .ok_or_else(|| Refusal::missing(&format!("`{name}` is missing in the address")))
    };
    let length = need("file_length")?.parse::<u64>();
    let length = length.map_err(|_| Refusal::parameter("`file_length` is no number"))?;
    check::check_sample(need("file_type")?, length)?;
    let length = usize::try_from(length).map_err(|_| Refusal::too_large(check::most()))?;
    let (session, signature) = state.media.begin(&state.ids, length);
    (state.log)(&format!("began the upload of {length} bytes as {session}"));
    Ok(with_json(&json!({ "id": format!("upload:{session}?sig={signature}") })))
}

/// Continues an upload, or says how much of it is there.
pub(super) async fn session(id: &str, head: &Parts, body: Incoming, state: &State) -> Answer {
    let signature = query(&head.uri).remove("sig").unwrap_or_default();
    let unknown = || Refusal::parameter("there is no upload of this id, or its `sig` is another");
    let (there, length) = state.media.session(id, &signature).ok_or_else(unknown)?;
    if head.method == Method::GET {
        return Ok(with_json(&json!({ "id": format!("upload:{id}"), "file_offset": there })));
    }
    let offset = head.headers.get("file_offset").and_then(|offset| offset.to_str().ok());
    let offset = offset.and_then(|offset| offset.trim().parse::<usize>().ok());
    if offset != Some(there) {
        let details = format!("the header `file_offset` must be {there}, which is what is there");
        return Err(Refusal::parameter(&details));
    }
    body::is_at_most(&body, length - there)?;
    let mut pieces = state.media.arriving.pieces(length - there);
    let read = body::read(body, &mut pieces).await;
    // What has arrived is kept, so that the upload can be continued.
    let handle = state.media.proceed(id, there, &pieces.take());
    read?;
    match handle {
        Some(handle) => Ok(with_json(&json!({ "h": handle }))),
        None => Err(Refusal::broken_body()),
    }
}

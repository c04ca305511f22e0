//! Uploads: a form with a file.

use std::time::Duration;

use http_body_util::BodyDataStream;
use hyper::{body::Incoming, header::CONTENT_TYPE, http::request::Parts};
use multer::{Constraints, Field, Multipart, SizeLimit};
use serde_json::json;
use tokio::time;
use wa_message_spec::media::{FORM_NUMBERS, essence};

use super::{
    Answer,
    body::{Pieces, READING_AT_MOST, is_at_most},
    check, with_json,
};
use crate::{refusal::Refusal, state::State};

/// How long a field beside the file may be, in bytes.
const FIELD_AT_MOST: usize = 4 * 1024;
/// How much stands beside the file in a form, in bytes.
const BESIDE_AT_MOST: usize = 1024 * 1024;
/// How many forms are read at once. Others wait.
pub(super) const FORMS_AT_MOST: usize = 8;
/// How long a form may take to arrive.
const FORM_AT_MOST: Duration = Duration::from_secs(5 * 60);
/// How many fields a form may have.
const FIELDS_AT_MOST: usize = 32;

/// What a form has.
struct Form<'a> {
    product: Option<String>,
    mime_type: Option<String>,
    file: Option<File<'a>>,
}

struct File<'a> {
    pieces: Pieces<'a>,
    mime_type: Option<String>,
    name: Option<String>,
}

/// Takes a form for a phone number.
pub(super) async fn take(number: String, head: &Parts, body: Incoming, state: &State) -> Answer {
    let boundary = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let boundary = boundary.and_then(|value| multer::parse_boundary(value).ok());
    let boundary = boundary.ok_or_else(|| {
        Refusal::parameter("the content type must be `multipart/form-data` with a boundary")
    })?;
    let most = check::most().saturating_add(BESIDE_AT_MOST);
    is_at_most(&body, most)?;
    // The form may be read ahead of what is taken of it, so there is an end to how many are read at once.
    let _permit = state.media.forms.acquire().await;
    let constraints = Constraints::new().size_limit(SizeLimit::new().whole_stream(most as u64));
    let multipart = Multipart::with_constraints(BodyDataStream::new(body), boundary, constraints);
    let form = time::timeout(FORM_AT_MOST, read(multipart, state)).await;
    let form = form.unwrap_or_else(|_| Err(Refusal::late_body(FORM_AT_MOST)))?;
    if form.product.as_deref() != Some("whatsapp") {
        return Err(Refusal::missing("`messaging_product` must be `whatsapp`"));
    }
    let file = form.file.ok_or_else(|| Refusal::missing("the form has no `file`"))?;
    let (said, typed) = (form.mime_type, file.mime_type);
    if let (Some(said), Some(typed)) = (&said, &typed)
        && !essence(said).eq_ignore_ascii_case(essence(typed))
    {
        let details = format!(
            "`type` is `{}`, and the part of the file is `{}`",
            check::shown(said),
            check::shown(typed)
        );
        return Err(Refusal::parameter(&details));
    }
    let mime_type = said.or(typed).ok_or_else(|| Refusal::missing("the form has no `type`"))?;
    let bytes = file.pieces.take();
    check::check(&mime_type, &bytes)?;
    let file = state.media.add(number, mime_type, file.name, bytes, false);
    let bytes = file.bytes().len();
    (state.log)(&format!("kept a file of {bytes} bytes as {}", file.id()));
    Ok(with_json(&json!({ "id": file.id() })))
}

async fn read<'s>(mut multipart: Multipart<'_>, state: &'s State) -> Result<Form<'s>, Refusal> {
    let mut form = Form { product: None, mime_type: None, file: None };
    for _ in 0..FIELDS_AT_MOST {
        let next = time::timeout(READING_AT_MOST, multipart.next_field()).await;
        let next = next.map_err(|_| Refusal::late_body(READING_AT_MOST))?;
        let Some(field) = next.map_err(|error| broken(&error))? else { return Ok(form) };
        match field.name() {
            Some("file") if form.file.is_none() => {
                let mime_type = field.content_type().map(ToString::to_string);
                let name = field.file_name().map(str::to_owned);
                let pieces = state.media.arriving.pieces(check::most());
                form.file = Some(File { pieces: into(field, pieces).await?, mime_type, name });
            }
            Some("messaging_product") => form.product = Some(text(field, state).await?),
            Some("type") => form.mime_type = Some(text(field, state).await?),
            name => {
                let number = FORM_NUMBERS.iter().find(|(known, _, _)| name == Some(*known));
                let value = text(field, state).await?;
                number
                    .map_or(Ok(()), |(name, least, most)| is_within(name, &value, *least, *most))?;
            }
        }
    }
    Err(Refusal::parameter("the form has too many fields"))
}

/// Reads a field as a text.
async fn text(field: Field<'_>, state: &State) -> Result<String, Refusal> {
    let pieces = into(field, state.media.arriving.pieces(FIELD_AT_MOST)).await?;
    String::from_utf8(pieces.take().into())
        .map_err(|_| Refusal::parameter("a field of the form is no text"))
}

async fn into<'a>(mut field: Field<'_>, mut pieces: Pieces<'a>) -> Result<Pieces<'a>, Refusal> {
    loop {
        let next = time::timeout(READING_AT_MOST, field.chunk()).await;
        let next = next.map_err(|_| Refusal::late_body(READING_AT_MOST))?;
        match next.map_err(|error| broken(&error))? {
            Some(piece) => pieces.push(&piece)?,
            None => return Ok(pieces),
        }
    }
}

/// Whether a number is one that the API takes. What it says makes no difference here.
fn is_within(name: &str, value: &str, least: u64, most: u64) -> Result<(), Refusal> {
    if value.parse().is_ok_and(|number: u64| (least..=most).contains(&number)) {
        return Ok(());
    }
    Err(Refusal::parameter(&format!("`{name}` must be {least} to {most}")))
}

fn broken(error: &multer::Error) -> Refusal {
    if let multer::Error::StreamSizeExceeded { limit } = error {
        return Refusal::too_large(usize::try_from(*limit).unwrap_or(usize::MAX));
    }
    Refusal::parameter(&format!("the form cannot be read: {error}"))
}

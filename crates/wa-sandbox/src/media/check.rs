//! The rules of files, which are those of the description.

use wa_message_core::__shared::OneLine;
use wa_message_spec::media::{
    FileKind, KINDS, MOST, SAMPLE, essence,
    refusals::{CONTENT_DIFFERS, TOO_LARGE, TYPE_NOT_TAKEN},
};

use crate::refusal::Refusal;

/// A type as it may stand in a sentence.
pub(super) fn shown(mime_type: &str) -> OneLine<'_> {
    const SHOWN: usize = 64;
    OneLine { text: essence(mime_type), at_most: SHOWN }
}

/// Finds the kind of a type. One that is not listed goes with a kind that takes others, unless its family has a list.
pub(crate) fn kind_of(mime_type: &str) -> Result<&'static FileKind, Refusal> {
    if let Some(kind) = KINDS.iter().find(|kind| kind.file_type(mime_type).is_some()) {
        return Ok(kind);
    }
    let name = essence(mime_type);
    if let Some(meant) = KINDS.iter().find_map(|kind| kind.misspelt(name)) {
        return Err(Refusal::of(
            &TYPE_NOT_TAKEN,
            format!("`{}` is no type; write `{}`", shown(name), meant.name),
        ));
    }
    let family = |name: &str| name.split_once('/').map(|(family, _)| family.to_ascii_lowercase());
    let closed = KINDS.iter().filter(|kind| kind.other_types.is_none()).flat_map(|kind| kind.types);
    let is_closed = closed.map(|file| family(file.name)).any(|closed| closed == family(name));
    let open = KINDS.iter().find(|kind| kind.other_types.is_some());
    match open.filter(|_| family(name).is_some() && !is_closed) {
        Some(kind) => Ok(kind),
        None => Err(Refusal::of(
            &TYPE_NOT_TAKEN,
            format!("`{}` is none of the types that are taken", shown(name)),
        )),
    }
}

/// Checks a file of a type before it is kept.
pub(super) fn check(mime_type: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let kind = kind_of(mime_type)?;
    let moves = kind.most_animated.filter(|_| is_animated(bytes));
    let most = moves.unwrap_or(kind.most);
    if bytes.len() as u64 > most {
        let details =
            format!("the file has {} bytes, and `{}` takes {most}", bytes.len(), kind.name);
        return Err(Refusal::of(&TOO_LARGE, details));
    }
    is_what_it_says(kind, mime_type, bytes)
}

/// Checks the type of a sample, whose bytes come later.
pub(super) fn check_sample(mime_type: &str, length: u64) -> Result<(), Refusal> {
    if SAMPLE.file_type(mime_type).is_none() {
        let details = format!("`{}` is none of the types of samples", shown(mime_type));
        return Err(Refusal::of(&TYPE_NOT_TAKEN, details));
    }
    if length == 0 || length > SAMPLE.most {
        return Err(Refusal::of(&TOO_LARGE, format!("a sample has 1 to {} bytes", SAMPLE.most)));
    }
    Ok(())
}

/// Checks that content is not empty, and of its type if that is one of the listed.
pub(crate) fn is_content(mime_type: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let kinds = || KINDS.iter();
    let kind = kinds().find(|kind| kind.file_type(mime_type).is_some()).or(kinds().next());
    kind.map_or(Ok(()), |kind| is_what_it_says(kind, mime_type, bytes))
}

fn is_what_it_says(kind: &FileKind, mime_type: &str, bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::of(&CONTENT_DIFFERS, "the file is empty".to_owned()));
    }
    let Some(file) = kind.file_type(mime_type) else { return Ok(()) };
    let sniffed = infer::get(bytes).map(|found| found.mime_type());
    if file.may_be(sniffed, bytes) {
        return Ok(());
    }
    let found = sniffed.unwrap_or("none that is known");
    Err(Refusal::of(
        &CONTENT_DIFFERS,
        format!("`{}` was said, and the content is {found}", file.name),
    ))
}

/// Whether a picture moves, in the one format in which that makes a difference: a flag of the extended header of `WebP`.
fn is_animated(bytes: &[u8]) -> bool {
    bytes.get(8..16) == Some(b"WEBPVP8X") && bytes.get(20).is_some_and(|flags| flags & 2 != 0)
}

/// How many bytes are read of a file before anything else is known of it.
pub(super) fn most() -> usize {
    usize::try_from(MOST).unwrap_or(usize::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn code(mime_type: &str, bytes: &[u8]) -> Option<u32> {
        check(mime_type, bytes).err().map(|refusal| refusal.code())
    }

    #[test]
    fn each_mistake_has_its_code() {
        assert_eq!(code("image/png", PNG), None);
        assert_eq!(code("image/png; a=b", PNG), None);
        assert_eq!(code("text/plain", b"Hello"), None);
        assert_eq!(code("application/x-own", b"\0\x01"), None);
        assert_eq!(code("image/jpg", PNG), Some(100));
        assert_eq!(code("image/gif", b"GIF89a"), Some(100));
        assert_eq!(code("nothing", b"a"), Some(100));
        assert_eq!(code("image/jpeg", PNG), Some(131_053));
        assert_eq!(code("image/png", b""), Some(131_053));
        for hostile in ["a\u{202e}\n<img>".to_owned(), "a".repeat(1 << 20)] {
            let refusal = check(&hostile, PNG).unwrap_err();
            let details = refusal.details();
            assert!(details.len() < 200 && !details.contains(['\u{202e}', '\n']), "{details}");
        }
        let large = [PNG, &vec![0; 5 << 20]].concat();
        assert_eq!(code("image/png", &large), Some(131_053));
    }

    #[test]
    fn a_sticker_that_moves_may_be_larger() {
        let mut sticker = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02".to_vec();
        sticker.resize(200 << 10, 0);
        assert_eq!(code("image/webp", &sticker), None);
        sticker[20] = 0;
        assert_eq!(code("image/webp", &sticker), Some(131_053));
    }

    #[test]
    fn samples_are_few() {
        assert!(check_sample("image/jpeg", 1).is_ok());
        for (mime_type, length) in [("image/webp", 1), ("image/jpeg", 0), ("image/jpeg", u64::MAX)]
        {
            assert!(check_sample(mime_type, length).is_err());
        }
    }
}

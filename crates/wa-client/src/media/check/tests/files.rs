//! Files that fit and files that do not.
#![allow(clippy::unwrap_used, clippy::panic)]

use crate::media::check::*;

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00";
const WEBP: &[u8] = b"RIFF\x10\x00\x00\x00WEBPVP8 ";
const PDF: &[u8] = b"%PDF-1.7\n";
const OPUS: &[u8] = b"OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04\x00\x00\x00\x00\x05\x06\x07\x08\x01\x13OpusHead";
const MP4: &[u8] = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00";
const M4A: &[u8] = b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00";
const GIF: &[u8] = b"GIF89a\x01\x00";
const ZIP: &[u8] = b"PK\x03\x04\x14\x00\x00\x00\x08\x00";
const TEXT: &[u8] = b"Opening hours: eight to four";

fn checked(kind: &str, name: &str, given: &str, head: &[u8]) -> Result<Checked, FileError> {
    let given_text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let given = given_text(given);
    check(
        FileKind::named(kind).unwrap(),
        given_text(name),
        given.as_deref(),
        head,
        head.len() as u64,
    )
}

#[test]
fn name_and_content_tell_the_type() {
    for (kind, name, given, head, mime_type) in [
        ("image", "a.jpg", "", JPEG, "image/jpeg"),
        ("image", "a.JPEG", "", JPEG, "image/jpeg"),
        ("image", "", "", PNG, "image/png"),
        ("image", "a.b", "", PNG, "image/png"),
        ("image", "a", "image/jpg", JPEG, "image/jpeg"),
        ("image", "a", "IMAGE/JPEG", JPEG, "image/jpeg"),
        ("sticker", "s.webp", "", WEBP, "image/webp"),
        ("audio", "a.ogg", "", OPUS, "audio/ogg"),
        ("audio", "a.ogg", "audio/ogg; codecs=opus", OPUS, "audio/ogg"),
        ("audio", "a.m4a", "", M4A, "audio/mp4"),
        ("audio", "a.m4a", "", MP4, "audio/mp4"),
        // A frame that sniffers do not know.
        ("audio", "a.mp3", "", b"\xff\xf3\x40\xc0", "audio/mpeg"),
        ("video", "v.mp4", "", MP4, "video/mp4"),
        ("video", "v.3gp", "", b"\x00\x00\x00\x18ftyp3gp4\x00\x00", "video/3gpp"),
        ("document", "a.pdf", "", PDF, "application/pdf"),
        ("document", "a.txt", "", TEXT, "text/plain"),
        // Sniffers call it a picture.
        ("document", "a.txt", "", b"BM: bring milk", "text/plain"),
        (
            "document",
            "a.docx",
            "",
            ZIP,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("document", "a.pdf", "", b"%PDF-1.4\n", "application/pdf"),
    ] {
        let checked = checked(kind, name, given, head).unwrap();
        assert_eq!((checked.mime_type(), checked.advice()), (mime_type, &[][..]), "{name} {given}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    for (kind, name, given, head, reason, sentence) in [
        (
            "image",
            "a.gif",
            "",
            GIF,
            FileErrorKind::TypeNotTaken,
            "the API does not take this file: it is `image/gif`, and `image` takes `image/jpeg` and `image/png`",
        ),
        (
            "image",
            "a",
            "image/webp",
            WEBP,
            FileErrorKind::TypeNotTaken,
            "the API does not take this file: it is `image/webp`, and `image` takes `image/jpeg` and `image/png`",
        ),
        (
            "image",
            "a.jpg",
            "",
            PDF,
            FileErrorKind::ContentDiffers,
            "the content of the file is of another type than was said: `image/jpeg` was said, and the content is \
             `application/pdf`",
        ),
        (
            "image",
            "a.jpg",
            "",
            TEXT,
            FileErrorKind::ContentDiffers,
            "the content of the file is of another type than was said: `image/jpeg` was said, and the content is \
             none that is known",
        ),
        (
            "image",
            "a.jpg",
            "image/jpeg",
            PNG,
            FileErrorKind::ContentDiffers,
            "the content of the file is of another type than was said: `image/jpeg` was said, and the content is \
             `image/png`",
        ),
        (
            "document",
            "a.txt",
            "",
            JPEG,
            FileErrorKind::ContentDiffers,
            "the content of the file is of another type than was said: `text/plain` was said, and the content is \
             `image/jpeg`",
        ),
        (
            "image",
            "",
            "",
            TEXT,
            FileErrorKind::TypeNotKnown,
            "neither the name of the file nor its content tells the type; give it by `typed`: `image/jpeg` and \
             `image/png`",
        ),
        (
            "image",
            "",
            "image/png\r\nX: y",
            PNG,
            FileErrorKind::MalformedType,
            "the type has to be one such as `image/png`",
        ),
        ("image", "a.png", "", b"", FileErrorKind::Empty, "there is nothing in the file"),
    ] {
        let error = checked(kind, name, given, head).unwrap_err();
        assert_eq!((error.kind(), &*error.to_string()), (reason, sentence), "{name} {given}");
    }
}

#[test]
fn what_is_not_certain_is_advice() {
    let png = checked("image", "a.jpg", "", PNG).unwrap();
    assert_eq!(png.mime_type(), "image/png");
    assert_eq!(png.advice(), ["the name is that of `image/jpeg`, and the content `image/png`"]);

    let csv = checked("document", "a.csv", "text/csv", TEXT).unwrap();
    assert_eq!(csv.mime_type(), "text/csv");
    let says = "`text/csv`: a document of another type may work, and nobody promises it";
    assert_eq!(csv.advice(), [says]);
    assert_eq!(
        checked("document", "a.xyz", "", TEXT).unwrap().mime_type(),
        "application/octet-stream"
    );
}

#[test]
fn another_ending_is_advice_where_it_is_one() {
    for (kind, name, given, head, ending, mime_type) in [
        ("image", "photo.exe", "", PNG, "exe", "image/png"),
        ("image", "photo.exe", "image/png", PNG, "exe", "image/png"),
        ("image", "photo.jpg", "image/png", PNG, "jpg", "image/png"),
        ("document", "menu.pdf.scr", "", PDF, "scr", "application/pdf"),
        ("video", "a.JPEG", "", MP4, "JPEG", "video/mp4"),
    ] {
        let checked = checked(kind, name, given, head).unwrap();
        assert_eq!(checked.mime_type(), mime_type, "{name}");
        let says = format!(
            "the name ends in `.{ending}`, and the file goes as `{mime_type}`: the API goes by the type, and whoever \
             gets the file may go by the name"
        );
        assert_eq!(checked.advice(), [says]);
    }
    // Usual endings, points in sentences, numbers, what is no ending, and a type of many.
    for (kind, name, given, head) in [
        ("image", "photo.PNG", "", PNG),
        ("image", "photo", "", PNG),
        ("image", "photo.", "", PNG),
        ("image", "photo.12", "", PNG),
        ("image", "At the sea. With cake", "", PNG),
        ("image", "photo.\u{202e}gpj", "", PNG),
        ("document", "notes.md", "text/plain", TEXT),
    ] {
        assert_eq!(checked(kind, name, given, head).unwrap().advice(), [""; 0], "{name}");
    }
}

#[test]
fn sizes_are_advice_up_to_what_no_file_may_have() {
    let sized = |kind: &str, head: &[u8], size| {
        check(FileKind::named(kind).unwrap(), None, None, head, size)
    };
    assert_eq!(sized("image", JPEG, 5 << 20).unwrap().advice(), [""; 0]);
    assert_eq!(
        sized("image", JPEG, (5 << 20) + 1).unwrap().advice(),
        ["the file has 5.1 MB, and `image` takes 5 MB; make it smaller"]
    );
    assert_eq!(
        sized("sticker", WEBP, 200 << 10).unwrap().advice(),
        ["the file has 200 KB, and `sticker` takes 100 KB unless it moves"]
    );
    assert_eq!(
        sized("sticker", WEBP, 501 << 10).unwrap().advice(),
        ["the file has 501 KB, and `sticker` takes 500 KB; make it smaller"]
    );
    assert_eq!(sized("document", PDF, MOST).unwrap().advice(), [""; 0]);
    let error = sized("document", PDF, MOST + 1).unwrap_err();
    assert_eq!(error.kind(), FileErrorKind::TooLarge);
    assert_eq!(
        error.to_string(),
        "the file is larger than any that the API takes: it has 100.1 MB, and the most is 100 MB"
    );
    assert_eq!(
        (shown(17), shown(1024), shown(1536)),
        ("17 bytes".into(), "1 KB".into(), "1.5 KB".into())
    );
}

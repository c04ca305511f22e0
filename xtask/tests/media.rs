//! The description of media is read strictly, and what it says of files is in the report of changes.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{assert_refused, assert_stable, edited, said, text};
use xtask::{codegen, diff::Changes, face::Face};

fn generated(media: &str) -> xtask::error::Result<Vec<codegen::Generated>> {
    codegen::generate_media(media, &text(codegen::DESCRIPTION), &text(codegen::WEBHOOKS))
}

#[test]
fn what_is_not_carried_is_refused() {
    let edits = [
        ("        most: 5 MB\n", "        most: 5 MB\n        least: 1 KB\n", "`least`"),
        ("most: 5 MB", "most: 5", "expected a string"),
        ("most: 5 MB", "most: '5'", "a size such as `5 MB`"),
        ("most: 5 MB", "most: 5 mb", "a size such as `5 MB`"),
        ("most: 5 MB", "most: 0 MB", "a size such as `5 MB`"),
        ("most: 5 MB", "most: 101 MB", "more than any file may have"),
        (
            "image/png: {extensions: [png]}",
            "image/png: {extensions: [png, jpg]}",
            "`jpg` is an extension of `image/jpeg`",
        ),
        ("image/png: {extensions: [png]}", "image/png: {extensions: [.png]}", "without a dot"),
        ("image/png: {extensions: [png]}", "image/png: {extensions: []}", "without a dot"),
        ("image/png: {extensions: [png]}", "png: {extensions: [png]}", "`png` is no type"),
        ("image/png: {extensions: [png]}", "image/png: {extensions: [png], width: 1}", "`width`"),
        ("misspelt: [image/jpg]", "misspelt: [image/png]", "`image/png` is `image/png` already"),
        ("misspelt: [image/jpg]", "misspelt: [Image/JPG]", "`Image/JPG` is no type"),
        ("sniffed: never", "sniffed: rarely", "and not `rarely`"),
        (
            "      sticker:\n        most",
            "      poster:\n        most",
            "`poster` is no kind of message",
        ),
        ("address: 5 min", "address: 5 m", "a time such as `5 min`"),
        ("[graph.facebook.com, ", "['https://graph.facebook.com', ", "the name of a host alone"),
        ("[graph.facebook.com, ", "[localhost, ", "the name of a host alone"),
        ("too-large: {code: 131053}", "too-large: {code: '131053'}", "a whole number"),
        (
            "too-large: {code: 131053}",
            "too_large: {code: 1}\n      too-large: {code: 131053}",
            "`TOO_LARGE`",
        ),
        (
            "x-may-repeat: nothing is changed",
            "x-may-repeat: nothing is changed.",
            "without a full stop",
        ),
        (
            "x-may-repeat: nothing is changed",
            "x-may-repeats: nothing is changed",
            "`x-may-repeats`",
        ),
        ("/{phone_number_id}/media:", "/{number}/media:", "`number`, which is no parameter"),
        ("/{app_id}/uploads:", "/uploads:", "the path has no `app_id`"),
        ("in: header, required", "in: cookie, required", "does not stand in `cookie`"),
        ("        - oauth: []", "        - basic: []", "no scheme `basic`"),
        ("      x-word: OAuth\n", "", "`x-word` is missing"),
        ("schemas/UploadForm'}", "schemas/UploadFrom'}", "no schema `UploadFrom`"),
        ("schemas/DeleteAnswer'}", "schemas/Deleted'}", "no answer `Deleted`"),
        (
            "webhooks.yaml#/components/schemas/Flag",
            "webhooks.yaml#/components/schemas/Flags",
            "no scalar `Flags`",
        ),
        (
            "webhooks.yaml#/components/schemas/Flag",
            "webhooks.yaml#/components/schemas/Referral",
            "no scalar `Referral`",
        ),
        ("          minimum: 60\n", "", "`minimum` is missing"),
        (
            "      description: The answer to a deletion.\n      x-answer: true\n",
            "      description: The answer to a deletion.\n",
            "x-answer: true",
        ),
        ("h: {type: string, ", "h: {type: number, ", "texts, whole numbers and truth values"),
    ];
    assert_refused(codegen::MEDIA, generated, &edits);
}

#[test]
fn a_kind_is_added_by_the_description_alone() {
    let media = edited(
        codegen::MEDIA,
        "      video:\n        most",
        "      contacts:\n        most: 1 MB\n        types:\n          text/vcard: {extensions: [vcf], sniffed: never}\n      video:\n        most",
    );
    let files = generated(&media).unwrap();
    let has = |path: &str, part: &str| {
        files.iter().any(|file| file.path.ends_with(path) && file.text.contains(part))
    };
    assert!(has("wa-message-spec/src/generated/media.rs", "name: \"text/vcard\""));
    assert!(has(
        "media/generated/kinds.rs",
        "pub fn contacts(source: impl Into<MediaSource>) -> Self {"
    ));
}

#[test]
fn generating_twice_gives_the_same() {
    assert_stable(&text(codegen::MEDIA), generated);
}

#[test]
fn the_report_covers_files() {
    for (from, to, forth, back) in [
        (
            "most: 5 MB",
            "most: 6 MB",
            "`files of <image>`: `maxBytes` was 5242880, and is 6291456, loosened",
            "! `files of <image>`: `maxBytes` was 6291456, and is 5242880, tightened",
        ),
        (
            "image/png: {extensions: [png]}",
            "image/png: {extensions: [png]}\n          image/avif: {extensions: [avif]}",
            "`files of <image>`: `image/avif` is taken",
            "! `files of <image>`: `image/avif` is no longer taken",
        ),
        (
            "video/3gpp: {extensions: [3gp], ",
            "video/3gpp: {extensions: [3gp, 3gpp], ",
            "`files of <video>, video/3gpp`: has the new value `3gpp`",
            "! `files of <video>, video/3gpp`: no longer has the value `3gpp`",
        ),
        (
            "hosts: [graph.facebook.com, ",
            "hosts: [graph.facebook.com, files.facebook.com, ",
            "`files`: has the new value `files.facebook.com`",
            "! `files`: no longer has the value `files.facebook.com`",
        ),
    ] {
        assert_eq!(said(codegen::MEDIA, from, to), [vec![forth.to_owned()], vec![back.to_owned()]]);
    }
}

#[test]
fn the_snapshot_has_them() {
    let snapshot = Face::read(&text(codegen::SNAPSHOT)).unwrap();
    let face = Face::read(&text(codegen::MEDIA)).unwrap();
    assert!(face.media.is_some());
    assert_eq!(snapshot.media, face.media);
    assert!(Changes::between(&snapshot, &face).changes.is_empty());
}

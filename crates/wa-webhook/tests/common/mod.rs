//! The payloads that the tests share.
#![allow(dead_code)]

use std::{fs, path::Path};

use serde_json::Value;

/// All payloads, by the names of their files.
pub(crate) fn payloads() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/webhooks");
    let mut payloads: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    payloads.sort();
    payloads
}

pub(crate) fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

//! Files, before servers that answer as they are told to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attacks;
#[path = "../common/mod.rs"]
mod common;
mod cuts;
mod download;
mod failures;
mod hostile;
mod promises;
mod resumable;
mod sandbox;
mod saving;
mod server;
#[path = "../shown/mod.rs"]
mod shown;
mod token;
mod upload;

/// The beginning of a picture.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 a picture";
/// Its hash, as a look-up has it and as a webhook does.
const HEX: &str = "9014b0a3b79e3163d980209f4c161fee4dbf48fa87109517ff84febf644800d1";
const BASE64: &str = "kBSwo7eeMWPZgCCfTBYf7k2/SPqHEJUX/4T+v2RIANE=";

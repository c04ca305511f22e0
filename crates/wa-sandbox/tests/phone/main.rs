//! The page over HTTP: what it is told, and what it calls.
#![cfg(feature = "page")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod asks;
mod came;
mod files;
mod ledger;
mod listens;
mod many;
mod once;
mod settings;

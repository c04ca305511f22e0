//! Many messages at once: order, slots, coming to an end early, and the account.
#![allow(clippy::unwrap_used, clippy::panic)]

mod api;
#[path = "../common/mod.rs"]
mod common;
mod ends;
mod outcomes;
mod recipients;
mod slots;

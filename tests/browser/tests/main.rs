//! The page of the sandbox in a real browser: what is drawn there, what it does, and what nobody makes it do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod accessible;
mod acts;
mod asks;
#[path = "../../../crates/wa-message/examples/bot/bot.rs"]
mod bot;
mod common;
mod drawn;
mod faults;
mod hostile;
mod keyboard;
mod ledger;
mod live;
mod people;
mod strangers;

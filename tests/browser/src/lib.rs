//! A browser for tests of the page of the sandbox, and for its pictures and measurements.
//!
//! `cargo xtask browser` finds Chromium and its driver, and names them in [`DRIVER`] and [`BROWSER`]. Without them nothing is
//! tested, and a line says so.
#![allow(
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::expect_used
)] // A test that fails.

mod axe;
mod driver;
mod page;
mod session;

pub use axe::{AXE, Finding};
pub use driver::{BROWSER, DRIVER};
pub use page::Page;
pub use session::Browser;

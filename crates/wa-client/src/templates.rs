//! Definitions of templates: what the API answers about them, and the requests that they travel by.

mod answer;
mod call;
#[allow(clippy::all, clippy::pedantic, dead_code, unreachable_pub)]
#[rustfmt::skip] // The generator formats it.
mod generated;

//! The generated types: what a message is made of, and what the API answers.
//!
//! They are plain data. `new` takes what is required, `with_..` sets the rest, an enum has a function for each
//! of its variants, and nothing is checked until a [`MessageObject`] becomes a
//! [`Message`](crate::Message). A member that is always the same is no member here: it is written, and asked for.
//!
//! `Debug` shows a value as its JSON, on several lines with `{:#?}`. Two values are equal when they are
//! the same JSON: `0.0` and `-0.0` are, and the order of free members does not matter. To compare and to show
//! values, and to refuse them, takes no more of the stack if free JSON in them is nested deep. To clone and
//! to drop such JSON is a matter of `serde_json`, which calls itself once a level.
//!
//! ```
//! use wa_message::types::{BodyParameter, Row};
//!
//! let row = Row::new("vegetarian", "Vegetarian");
//! assert_eq!(format!("{row:?}"), r#"Row({"id":"vegetarian","title":"Vegetarian"})"#);
//!
//! let name = BodyParameter::named("first_name", "Ada");
//! assert_eq!(
//!     format!("{name:?}"),
//!     r#"BodyParameter({"type":"text","parameter_name":"first_name","text":"Ada"})"#
//! );
//! ```
//!
//! # By kind
//!
//! The types of each kind of message, outermost first.
//!
#![doc = include_str!("generated/types.md")]

pub(crate) mod debug_eq;
pub(crate) mod serde;

pub use crate::generated::{open::*, wire::*};

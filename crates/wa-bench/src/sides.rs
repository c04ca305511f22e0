//! The same documents, written in each way.
//!
//! Each module has the same functions: what is known only while the program runs goes in, and the
//! JSON comes out.

pub mod floor;
pub mod json;
pub mod structs;
pub mod wa_message;

//! The short form beside the documents that it means: for every kind of message, once of literals and
//! once of values that are known while the program runs. And the wire form: the documents of `examples/`,
//! pasted as they are.
#![allow(clippy::unwrap_used, clippy::too_many_lines, missing_docs)]

use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

/// The text of an example.
macro_rules! example {
    ($name:literal) => {
        include_str!(concat!("../examples/", $name, ".json"))
    };
}

mod address;
mod button;
mod carousel;
mod contacts;
mod cta_url;
mod documents;
mod envelope;
mod flow;
mod list;
mod location;
mod media;
mod mixed;
mod orders;
mod pins;
mod products;
mod read;
mod requests;
mod template;
mod template_parts;
mod template_wire;
mod text;
mod wire_values;

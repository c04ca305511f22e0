//! What comes back from the WhatsApp Cloud API.
//!
//! Programs use it as `wa_message::webhook`, by the feature `webhook`.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod handshake;
mod outcomes;
mod seen;
mod service;
mod verify;

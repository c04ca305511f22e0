//! What comes back from the WhatsApp Cloud API.
//!
//! Programs use it as `wa_message::webhook`, by the feature `webhook`.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bounded;
mod handshake;
mod outcomes;
mod secret;
mod seen;
mod service;
mod verify;

pub use self::{
    handshake::{Challenge, HandshakeError, VerifyToken},
    secret::SecretError,
    seen::{Claim, MemorySeen, Seen},
    verify::{SIGNATURE_HEADER, Signature, SignatureError, Verifier},
};

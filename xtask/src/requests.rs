//! Requests, as the descriptions of media and of templates have them: operations of `paths`.

pub(crate) mod emit;
mod model;
mod read;

pub(crate) use model::{Body, Operation, Parameter, Part};
pub(crate) use read::{answered, distinct, read};

//! Requests about templates, which are as all others.

pub(super) use crate::call::Call;

//! Guarantees of an outbox, and what they rest on.

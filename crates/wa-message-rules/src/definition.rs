//! Definitions of templates, and what they demand of messages.
//!
//! A definition is what the list of templates answers, or what creates one. It is JSON from outside, so it is read
//! leniently: what is not known is passed over, and a fault concerns no more than the templates that it is about.

pub mod table;

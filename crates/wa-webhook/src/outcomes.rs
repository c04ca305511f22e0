//! What became of messages: sends, answers and statuses, joined in any order.

#[allow(dead_code)]
mod tracker;

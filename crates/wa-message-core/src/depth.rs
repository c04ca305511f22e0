//! Measures how deep free JSON is nested.

use serde_json::{Map, Value};
use wa_message_rules::DEPTH_AT_MOST;

/// The depth of brackets that every reader of JSON follows. A whole message may be as deep, and free JSON in
/// it a little less.
pub(crate) const READ_AT_MOST: usize = 127;

/// Whether free members are nested no deeper than they may be.
pub(crate) fn is_readable(members: &Map<String, Value>) -> bool {
    members.values().all(|member| is_within(member, DEPTH_AT_MOST - 1))
}

/// Whether arrays and objects lie no deeper inside each other than this. It calls itself no more often.
pub(crate) fn is_within(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth > 0 && items.iter().all(|item| is_within(item, depth - 1)),
        Value::Object(members) => {
            depth > 0 && members.values().all(|member| is_within(member, depth - 1))
        }
        _ => true,
    }
}

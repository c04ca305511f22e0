//! Makes a document smaller, for as long as it shows the same fault.

use serde_json::Value;

use crate::sites::{Key, Site, sites};

/// The smallest document found that is still at fault.
pub(crate) fn shrink(document: &Value, is_at_fault: impl Fn(&Value) -> bool) -> Value {
    let mut smallest = document.clone();
    // Each round makes it smaller. The bound is for documents of many thousand values.
    for _ in 0..200 {
        let all = sites(&smallest);
        let smaller = all.iter().find_map(|site| {
            candidates(&smallest, site).into_iter().find(|candidate| is_at_fault(candidate))
        });
        match smaller {
            Some(smaller) => smallest = smaller,
            None => break,
        }
    }
    smallest
}

/// The document without a value, and with shorter texts and arrays in its place.
fn candidates(document: &Value, site: &Site) -> Vec<Value> {
    let mut all = Vec::new();
    let mut without = document.clone();
    if remove(&mut without, site).is_some() {
        all.push(without);
    }
    let mut replace = |new: Value| {
        let mut changed = document.clone();
        if let Some(value) = site.of(&mut changed)
            && *value != new
        {
            *value = new;
            all.push(changed);
        }
    };
    let mut original = document.clone();
    match site.of(&mut original) {
        Some(Value::String(text)) if text.chars().count() > 1 => {
            let length = text.chars().count();
            replace(text.chars().take(length / 2).collect::<String>().into());
            replace(text.chars().skip(length.div_ceil(2)).collect::<String>().into());
            replace("a".repeat(length - 1).into());
            replace(text.chars().skip(1).collect::<String>().into());
        }
        Some(Value::Array(items)) if items.len() > 1 => {
            replace(items[..items.len() / 2].to_vec().into());
            replace(items[items.len() / 2..].to_vec().into());
        }
        // What lies inside may show the fault alone.
        Some(Value::Object(members)) if site.schema.is_none() && !members.is_empty() => {
            members.values().for_each(|value| replace(value.clone()));
        }
        _ => {}
    }
    all
}

fn remove(document: &mut Value, site: &Site) -> Option<Value> {
    let (last, keys) = site.keys.split_last()?;
    let parent = Site { keys: keys.to_vec(), ..site.clone() };
    match (parent.of(document)?, last) {
        (Value::Object(members), Key::Member(name)) => members.remove(name),
        (Value::Array(items), Key::Item(index)) => Some(items.remove(*index)),
        _ => None,
    }
}

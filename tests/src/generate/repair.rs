//! Makes a document keep the rules over several members, where that is simple.
//!
//! It follows the paths of rules by itself: a generator that walked as the engine does would miss the same values.

mod numbers;

use serde_json::Value;
use wa_message_rules::table::{Asks, Condition, Object, Rule, Schema, Step};

use super::Generator;

impl Generator {
    /// Changes what breaks a rule. Rules of forms that are not known here stay broken.
    pub(super) fn repair(&mut self, object: &'static Object, rule: &Rule, value: &mut Value) {
        if !rule.when.iter().all(|condition| holds(condition, value)) {
            return;
        }
        match &rule.asks {
            Asks::Unique(path) => self.make_unique(object, path, value),
            Asks::Total { path, max } => shorten(path, *max, value),
            Asks::EachNeeds { path, member } => {
                let schema = field(schema_at(object, path), member);
                each(value, path, &mut |found| self.give(found, member, schema));
            }
            Asks::MaxLength { path, max } => each(value, path, &mut |found| {
                if let Value::String(text) = found {
                    *text = text.chars().take(*max).collect();
                }
            }),
            Asks::Absent(member) => remove(value, member),
            Asks::Present(member) => {
                self.give(value, member, field(Some(Schema::Object(object)), member));
            }
            Asks::OneOf { path, values, .. } => {
                if matches!(schema_at(object, path), Some(Schema::Text(_))) {
                    each(value, path, &mut |found| *found = values[0].into());
                    return;
                }
                let mut wrong = false;
                each(value, path, &mut |found| {
                    wrong |= !found.as_str().is_some_and(|found| is_among(found, values));
                });
                if wrong {
                    // What decides about the shape stays. What asks for it can go.
                    rule.when.iter().for_each(|condition| drop_reason(condition, value));
                }
            }
            Asks::Same { path, .. } | Asks::SameCount { path, .. } => alike(path, value),
            Asks::AllOrNone { path, member } => {
                let mut all = true;
                each(value, path, &mut |found| {
                    all &= found.get(member).is_some_and(|found| !found.is_null());
                });
                if !all {
                    each(value, path, &mut |found| remove(found, member));
                }
            }
            Asks::Contiguous(path) => {
                let mut position = 0_i64;
                each(value, path, &mut |found| {
                    *found = position.into();
                    position += 1;
                });
            }
            Asks::Sum { total, terms } => numbers::add_up(total, terms, value),
            Asks::Less { lesser, greater } => numbers::make_less(lesser, greater, value),
            _ => {}
        }
    }

    /// Changes a document to where a rule begins to be broken, or just does not.
    pub(crate) fn provoke(
        &mut self,
        object: &'static Object,
        rule: &Rule,
        value: &mut Value,
    ) -> bool {
        if !rule.when.iter().all(|condition| holds(condition, value)) {
            return false;
        }
        let before = value.clone();
        match &rule.asks {
            Asks::Unique(path) => {
                let mut first = None;
                each(value, path, &mut |found| match &first {
                    Some(first) => found.clone_from(first),
                    None => first = Some(found.clone()),
                });
            }
            Asks::EachNeeds { path, member } => each(value, path, &mut |found| {
                if self.rng.bool() {
                    remove(found, member);
                }
            }),
            Asks::MaxLength { path, max } => each(value, path, &mut |found| {
                let length = max + usize::from(self.rng.bool());
                *found = self.of_length(length).into();
            }),
            Asks::Absent(member) => {
                self.give(value, member, field(Some(Schema::Object(object)), member));
            }
            Asks::Present(member) => remove(value, member),
            Asks::Sum { total: path, .. } | Asks::Contiguous(path) => {
                each(value, path, &mut |found| {
                    *found = found.as_i64().unwrap_or_default().saturating_add(1).into();
                });
            }
            Asks::Less { lesser, greater } => {
                let mut limit = None;
                each(value, greater, &mut |found| limit = Some(found.clone()));
                each(value, lesser, &mut |found| *found = limit.clone().unwrap_or_default());
            }
            _ => {}
        }
        *value != before
    }

    fn make_unique(&mut self, object: &'static Object, path: &[Step], value: &mut Value) {
        let schema = schema_at(object, path);
        let mut seen: Vec<String> = Vec::new();
        each(value, path, &mut |found| {
            let as_text = |value: &Value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            };
            let mut attempts = 0;
            while let Some(text) = as_text(found).filter(|text| seen.contains(text)) {
                attempts += 1;
                if let Some(Schema::Integer(_)) = schema {
                    if attempts > 40 {
                        break;
                    }
                    *found = (attempts - 1).into();
                    continue;
                }
                let Some(schema @ Schema::Text(limits)) = schema else { break };
                let numbered = (attempts % 40).to_string();
                *found = match attempts {
                    1..20 => self.value(schema, 0),
                    20..60 if super::texts::fits(limits, &numbered) => numbered.into(),
                    20..60 => text.into(),
                    _ => break,
                };
            }
            seen.extend(as_text(found));
        });
    }

    fn give(&mut self, value: &mut Value, member: &str, schema: Option<Schema>) {
        let Some(schema) = schema else { return };
        if let Value::Object(members) = value
            && members.get(member).is_none_or(Value::is_null)
        {
            members.insert(member.to_owned(), self.value(schema, 0));
        }
    }
}

/// Takes away what makes a condition hold.
fn drop_reason(condition: &Condition, value: &mut Value) {
    match condition {
        Condition::Is { path: [Step::Member(member)], .. } => remove(value, member),
        Condition::CountAbove {
            path: [Step::Member(array), Step::EachWith { member, values, .. }],
            ..
        } => {
            if let Some(Value::Array(items)) = value.get_mut(array) {
                let is_one = |item: &Value| {
                    item.get(member)
                        .and_then(Value::as_str)
                        .is_some_and(|found| is_among(found, values))
                };
                items.retain(|item| !is_one(item));
            }
        }
        _ => {}
    }
}

/// Makes the items of the outermost array at a path alike, but for their numbers.
fn alike(path: &[Step], value: &mut Value) {
    let inside = |step: &Step| matches!(step, Step::Each | Step::EachWith { .. });
    let Some(at) = path.iter().position(inside) else { return };
    each(value, &path[..at], &mut |found| {
        let Value::Array(items) = found else { return };
        let Some((first, rest)) = items.split_first_mut() else { return };
        for item in rest {
            let mut like = first.clone();
            if let (Value::Object(like), Value::Object(own)) = (&mut like, &*item) {
                let numbers = own.iter().filter(|(_, value)| value.is_number());
                like.extend(numbers.map(|(name, value)| (name.clone(), value.clone())));
            }
            *item = like;
        }
    });
}

fn remove(value: &mut Value, member: &str) {
    if let Value::Object(members) = value {
        members.remove(member);
    }
}

/// Takes items out of arrays until there are no more than `max` at the path.
fn shorten(path: &[Step], max: usize, value: &mut Value) {
    let Some((_, arrays)) = path.split_last() else { return };
    let mut left = max;
    each(value, arrays, &mut |found| {
        if let Value::Array(items) = found {
            items.truncate(left.max(1));
            left = left.saturating_sub(items.len());
        }
    });
}

fn holds(condition: &Condition, value: &Value) -> bool {
    match condition {
        Condition::Is { path, values, .. } => {
            let mut is = false;
            each(&mut value.clone(), path, &mut |found| {
                is |= found.as_str().is_some_and(|found| is_among(found, values));
            });
            is
        }
        Condition::Absent(path) => {
            let mut count = 0;
            each(&mut value.clone(), path, &mut |_| count += 1);
            count == 0
        }
        Condition::CountAbove { path, above } => {
            let mut count = 0;
            each(&mut value.clone(), path, &mut |_| count += 1);
            count > *above
        }
        _ => true,
    }
}

/// Whether a tag, or one of a set of values, is one of these. Other texts only differ in case by chance.
fn is_among(found: &str, values: &[&str]) -> bool {
    values.iter().any(|value| value.eq_ignore_ascii_case(found))
}

/// Visits what lies at a path.
pub(super) fn each(value: &mut Value, path: &[Step], visit: &mut dyn FnMut(&mut Value)) {
    let Some((step, rest)) = path.split_first() else {
        if !value.is_null() {
            visit(value);
        }
        return;
    };
    match (step, value) {
        (Step::Member(name), Value::Object(members)) => {
            if let Some(member) = members.get_mut(*name) {
                each(member, rest, visit);
            }
        }
        (Step::Each, Value::Array(items)) => {
            for item in items {
                each(item, rest, visit);
            }
        }
        (Step::EachWith { member, values, .. }, Value::Array(items)) => {
            let wanted = |item: &&mut Value| {
                let found = item.get(member).and_then(Value::as_str);
                found.is_some_and(|found| is_among(found, values))
            };
            for item in items.iter_mut().filter(wanted) {
                each(item, rest, visit);
            }
        }
        _ => {}
    }
}

/// What a value at a path has to be, by the first arm that has such a member.
fn schema_at(object: &'static Object, path: &[Step]) -> Option<Schema> {
    path.iter().try_fold(Schema::Object(object), |schema, step| match (step, schema) {
        (Step::Member(name), schema) => field(Some(schema), name),
        (Step::Each | Step::EachWith { .. }, Schema::List(list)) => Some(list.items),
        _ => None,
    })
}

fn field(schema: Option<Schema>, name: &str) -> Option<Schema> {
    let Some(Schema::Object(object)) = schema else { return None };
    let own = object.field(name).map(|field| field.schema);
    let mut arms = object.tag.into_iter().flat_map(|tag| tag.arms);
    own.or_else(|| arms.find_map(|arm| field(Some(Schema::Object(arm.object)), name)))
}

//! Makes numbers keep the rules that calculate.

use serde_json::Value;
use wa_message_rules::table::{Step, Term};

use super::each;

/// Sets a total to the sum of its terms.
pub(super) fn add_up(total: &[Step], terms: &[Term], value: &mut Value) {
    let mut sum = 0_i64;
    for term in terms {
        let mut owners = value.clone();
        each(&mut owners, term.over, &mut |owner| {
            let added = term.add.iter().find_map(|path| number(owner, path)).unwrap_or(0);
            let times = term.times.map_or(Some(1), |path| number(owner, path)).unwrap_or(0);
            let part = added.saturating_mul(times);
            sum = if term.subtract { sum.saturating_sub(part) } else { sum.saturating_add(part) };
        });
    }
    each(value, total, &mut |found| {
        if sum > 0 {
            *found = sum.into();
        }
    });
}

/// Makes a number less than another.
pub(super) fn make_less(lesser: &[Step], greater: &[Step], value: &mut Value) {
    let Some(limit) = number(value, greater) else { return };
    if limit > 0 {
        each(value, lesser, &mut |found| *found = (limit - 1).into());
    } else if let (Some(Step::Member(name)), Value::Object(members)) = (lesser.first(), value) {
        members.remove(*name);
    }
}

fn number(value: &Value, path: &[Step]) -> Option<i64> {
    let mut number = None;
    each(&mut value.clone(), path, &mut |found| number = found.as_i64());
    number
}

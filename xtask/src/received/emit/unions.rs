//! Unions.

use std::fmt::Write as _;

use heck::ToUpperCamelCase;

use super::{
    doc, form,
    types::{Types, written},
};
use crate::received::model::{Arm, Received, Schema, Union};

pub(super) fn emit(received: &Received) -> String {
    let mut out = "//! Unions, each by the value of a tag.\n\nuse super::types::*;\n\
                   use crate::{Item, Raw, read::union};\n"
        .to_owned();
    let types = Types::new(received);
    for schema in &received.schemas {
        if let Schema::Union(one) = schema {
            out.push('\n');
            union(&mut out, &types, one);
        }
    }
    out
}

fn union(out: &mut String, types: &Types<'_>, union: &Union) {
    out.push_str("union! {\n");
    doc(out, 4, &union.description);
    let default = union.default.and_then(|at| union.arms.get(at));
    let default = default.map_or("None".to_owned(), |arm| format!("(Some({:?}))", arm.value));
    let _ = writeln!(out, "    {} {:?} {default} {{", types.named(&union.name), union.tag);
    for arm in &union.arms {
        doc(out, 8, &arm.description);
        let name = arm.value.to_upper_camel_case();
        let member = arm.member.as_ref();
        let value =
            member.map_or(String::new(), |member| format!("({})", types.member(None, member)));
        let rest = member.map_or(String::new(), |member| {
            format!(" {:?} {} {}", member.name, member.required, form(written(&member.value)))
        });
        let _ = writeln!(out, "        {name}{value} = {}{rest};", words(arm));
    }
    out.push_str("    }\n}\n");
}

/// The words that lead to an arm.
pub(super) fn words(arm: &Arm) -> String {
    let words = [&arm.value].into_iter().chain(&arm.spellings);
    format!("[{}]", words.map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" "))
}

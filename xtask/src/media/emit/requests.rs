//! A function for each request, which takes what is to be filled in.

use std::fmt::Write as _;

use heck::{ToShoutySnakeCase, ToSnakeCase};

use crate::{
    media::model::{Form, Operation, Part, Tables},
    received::member,
};

pub(super) fn emit(tables: &Tables) -> String {
    let mut out =
        "//! Requests, with what is filled in.\n\nuse wa_message_spec::media::operations;\n\n\
                   use super::answers::*;\nuse crate::media::call::{Call, Form};\n"
            .to_owned();
    for operation in tables.operations.iter().filter(|operation| operation.is_at_the_api) {
        request(&mut out, operation);
    }
    form(&mut out, &tables.form);
    out
}

fn request(out: &mut String, operation: &Operation) {
    let answer = operation.answer.as_deref().unwrap_or("()");
    let (name, table) = (operation.id.to_snake_case(), operation.id.to_shouty_snake_case());
    let _ = write!(out, "\n/// {}\npub(in crate::media) fn {name}(", operation.summary);
    for (at, parameter) in operation.parameters.iter().enumerate() {
        let value = if parameter.is_number { "u64" } else { "&str" };
        let value = if parameter.required { value.to_owned() } else { format!("Option<{value}>") };
        let comma = if at == 0 { "" } else { ", " };
        let _ = write!(out, "{comma}{}: {value}", member(&parameter.name));
    }
    let _ = writeln!(out, ") -> Call<{answer}> {{\n    Call::new(&operations::{table})");
    for parameter in &operation.parameters {
        let part = match parameter.part {
            Part::Path => "path",
            Part::Query => "query",
            Part::Header => "header",
        };
        let name = member(&parameter.name);
        let value = if parameter.required { format!("Some({name})") } else { name };
        let _ = writeln!(out, "        .{part}({:?}, {value})", parameter.name);
    }
    out.push_str("}\n");
}

fn form(out: &mut String, form: &Form) {
    out.push_str("\n/// The form of an upload.\npub(in crate::media) fn upload_form(");
    let mut comma = "";
    for name in &form.texts {
        let _ = write!(out, "{comma}{}: &str", member(name));
        comma = ", ";
    }
    for (name, ..) in &form.numbers {
        let _ = write!(out, "{comma}{}: Option<u64>", member(name));
        comma = ", ";
    }
    let _ = writeln!(out, ") -> Form {{\n    Form::new({:?})", form.file);
    for (name, constant) in &form.constants {
        let _ = writeln!(out, "        .text({name:?}, Some({constant:?}))");
    }
    for name in &form.texts {
        let _ = writeln!(out, "        .text({name:?}, Some({}))", member(name));
    }
    for (name, ..) in &form.numbers {
        let _ = writeln!(out, "        .text({name:?}, {})", member(name));
    }
    out.push_str("}\n");
}

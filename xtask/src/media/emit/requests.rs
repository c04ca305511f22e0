//! A function for each request, which takes what is to be filled in.

use std::fmt::Write as _;

use crate::{
    media::model::{Form, Tables},
    received::member,
    requests::emit,
};

pub(super) fn emit(tables: &Tables) -> String {
    let mut out =
        "//! Requests, with what is filled in.\n\nuse wa_message_spec::media::operations;\n\n\
                   use super::answers::*;\nuse crate::media::call::{Call, Form};\n"
            .to_owned();
    for operation in tables.operations.iter().filter(|operation| operation.is_at_the_api) {
        emit::function(&mut out, operation, "media");
    }
    form(&mut out, &tables.form);
    out
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

//! A function for each request, which takes what is to be filled in.

use crate::{requests::emit::function, templates::model::Templates};

pub(super) fn emit(templates: &Templates) -> String {
    let mut out =
        "//! Requests, with what is filled in.\n\nuse wa_message_spec::templates::operations;\n\n\
                   use super::answers::*;\nuse crate::templates::call::Call;\n"
            .to_owned();
    for operation in &templates.operations {
        function(&mut out, operation, "templates");
    }
    out
}

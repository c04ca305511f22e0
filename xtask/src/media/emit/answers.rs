//! Answers of the API.

use std::fmt::Write as _;

use crate::received::{
    doc, member,
    model::{Object, Type},
};

pub(super) fn emit(answers: &[Object]) -> String {
    let mut out =
        "//! Answers. Of them, what is not known is read over.\n\nuse crate::media::answer::answer;\n"
            .to_owned();
    for answer in answers {
        out.push_str("\nanswer! {\n");
        doc(&mut out, 4, &answer.description);
        let _ = writeln!(out, "    {} {{", answer.name);
        for item in &answer.members {
            doc(&mut out, 8, &item.description);
            let value = match item.value {
                Type::Integer(_) => "i64",
                Type::Boolean(_) => "bool",
                _ => "String",
            };
            let value = if item.required { value.to_owned() } else { format!("Option<{value}>") };
            let _ = writeln!(out, "        {}: {value} = {:?},", member(&item.name), item.name);
        }
        out.push_str("    }\n}\n");
    }
    out
}

//! The tables of requests about templates, and of what they are refused with.

use std::fmt::Write as _;

use heck::ToShoutySnakeCase;

use crate::{
    requests::emit::table,
    templates::model::{Refusal, Templates},
};

const HEAD: &str = "//! How definitions travel, and what the API refuses them with.

use crate::templates::Refusal;
";

pub(super) fn emit(templates: &Templates) -> String {
    let mut out = HEAD.to_owned();
    out.push_str(
        "\n/// What a creation or a change is refused with.\npub const REFUSALS: &[Refusal] = &[\n",
    );
    for refusal in &templates.refusals {
        let _ = writeln!(out, "    refusals::{},", refusal.name.to_shouty_snake_case());
    }
    out.push_str("];\n\n/// What a creation or a change is refused with, by name.\npub mod refusals {\n    use super::Refusal;\n");
    for Refusal { name, code, subcode, says } in &templates.refusals {
        let _ = writeln!(
            out,
            "\n    /// Says that {says}.\n    pub const {}: Refusal = Refusal {{ code: {code}, subcode: {subcode}, says: {says:?} }};",
            name.to_shouty_snake_case()
        );
    }
    out.push_str("}\n\n/// The requests.\npub mod operations {\n    use crate::media::{Operation, Parameter, Part};\n");
    for operation in &templates.operations {
        table(&mut out, operation);
    }
    out.push_str("}\n");
    out
}

//! Requests as tables, and a function for each, which takes what is to be filled in.

use std::fmt::Write as _;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::{Operation, Parameter, Part};
use crate::received::{doc, member};

/// More parameters than these that may be left out make a struct of their own.
const FEW: usize = 4;

/// The table of a request, in the module of all.
pub(crate) fn table(out: &mut String, operation: &Operation) {
    let Operation { id, method, path, authorization, may_repeat, summary, .. } = operation;
    let _ = writeln!(
        out,
        "\n    /// {summary}\n    pub const {}: Operation = Operation {{\n        id: {id:?},\n        \
         method: {method:?},\n        path: {path:?},\n        authorization: {authorization:?},\n        \
         may_repeat: {may_repeat:?},\n        parameters: &[",
        id.to_shouty_snake_case()
    );
    for parameter in &operation.parameters {
        let part = match parameter.part {
            Part::Path => "Path",
            Part::Query => "Query",
            Part::Header => "Header",
        };
        let _ = writeln!(
            out,
            "            Parameter {{ name: {:?}, part: Part::{part}, required: {} }},",
            parameter.name, parameter.required
        );
    }
    out.push_str(
        "        ],
    };
",
    );
}

/// The function that fills a request in, for a module of the client.
pub(crate) fn function(out: &mut String, operation: &Operation, module: &str) {
    let answer = operation.answer.as_deref().unwrap_or("()");
    let (name, table) = (operation.id.to_snake_case(), operation.id.to_shouty_snake_case());
    let optional = operation.parameters.iter().filter(|parameter| !parameter.required);
    let filters = (optional.count() > FEW).then(|| operation.id.to_upper_camel_case());
    if let Some(filters) = &filters {
        structure(out, operation, filters, module);
    }
    let _ = write!(out, "\n/// {}\npub(in crate::{module}) fn {name}(", operation.summary);
    let is_argument = |parameter: &&Parameter| parameter.required || filters.is_none();
    let arguments = operation.parameters.iter().filter(is_argument);
    let arguments = arguments.map(|parameter| {
        let value = value(parameter, "&");
        let value = if parameter.required { value } else { format!("Option<{value}>") };
        format!("{}: {value}", member(&parameter.name))
    });
    let last = filters.iter().map(|filters| format!("filters: &{filters}<'_>"));
    let _ = write!(out, "{}", arguments.chain(last).collect::<Vec<_>>().join(", "));
    let _ = writeln!(out, ") -> Call<{answer}> {{\n    Call::new(&operations::{table})");
    for parameter in &operation.parameters {
        let part = match parameter.part {
            Part::Path => "path",
            Part::Query => "query",
            Part::Header => "header",
        };
        let name = member(&parameter.name);
        let value = match (parameter.required, &filters) {
            (true, _) => format!("Some({name})"),
            (false, None) => name,
            (false, Some(_)) => format!("filters.{name}"),
        };
        let _ = writeln!(out, "        .{part}({:?}, {value})", parameter.name);
    }
    out.push_str("}\n");
}

/// What may be left out of a request.
fn structure(out: &mut String, operation: &Operation, name: &str, module: &str) {
    let _ = writeln!(
        out,
        "\n/// What may be asked for: {}\n#[derive(Debug, Clone, Copy, Default)]\n\
         pub(in crate::{module}) struct {name}<'q> {{",
        operation.summary
    );
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        doc(out, 4, &parameter.description);
        let (member, value) = (member(&parameter.name), value(parameter, "&'q "));
        let _ = writeln!(out, "    pub(in crate::{module}) {member}: Option<{value}>,");
    }
    out.push_str("}\n");
}

fn value(parameter: &Parameter, reference: &str) -> String {
    if parameter.is_number { "u64".to_owned() } else { format!("{reference}str") }
}

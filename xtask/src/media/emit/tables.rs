//! The tables of files and requests.

use std::fmt::Write as _;

use heck::ToShoutySnakeCase;

use super::size;
use crate::{
    media::model::{FileType, Kind, Refusal, Sniffed, Tables},
    requests,
};

const HEAD: &str =
    "//! Files of messages: types and sizes by kind, how long they live, and how they travel.

use core::time::Duration;

use crate::media::{FileKind, FileType, Operation, Parameter, Part, Refusal, Sniffed};
";

pub(super) fn emit(tables: &Tables) -> String {
    let mut out = HEAD.to_owned();
    let _ =
        writeln!(out, "\n/// The size that no file may exceed: {}, in bytes.", size(tables.most));
    let _ = writeln!(out, "pub const MOST: u64 = {};", tables.most);
    out.push_str("\n/// The hosts that a token may be sent to, over https alone.\n");
    let _ = writeln!(out, "pub const HOSTS: &[&str] = &{:?};", tables.hosts);
    out.push_str(
        "\n/// The kinds of files that messages carry.\npub const KINDS: &[FileKind] = &[\n",
    );
    for kind in &tables.kinds {
        let _ = writeln!(out, "    {},", kind_of(kind, 1));
    }
    out.push_str(
        "];\n\n/// The files that the resumable upload takes.\npub const SAMPLE: FileKind = ",
    );
    let types = &tables.samples;
    let _ = writeln!(out, "{};", table(("sample", tables.most, None), (None, None), types, 0));
    for (name, seconds) in &tables.lives {
        let _ = writeln!(
            out,
            "\n/// How long this lives: {name}.\npub const {}_LIVES: Duration = Duration::from_secs({seconds});",
            name.to_shouty_snake_case()
        );
    }
    for (name, least, most) in &tables.form.numbers {
        let _ = writeln!(
            out,
            "\n/// The least and the greatest value of `{name}`.\npub const {}: (u64, u64) = ({least}, {most});",
            name.to_shouty_snake_case()
        );
    }
    out.push_str("\n/// The numbers in the form of an upload: their names, and the least and the greatest value.\n");
    out.push_str("pub const FORM_NUMBERS: &[(&str, u64, u64)] = &[\n");
    for (name, least, most) in &tables.form.numbers {
        let _ = writeln!(out, "    ({name:?}, {least}, {most}),");
    }
    out.push_str(
        "];\n\n/// What the API refuses with.\npub mod refusals {\n    use super::Refusal;\n",
    );
    for refusal in &tables.refusals {
        refuses(&mut out, refusal);
    }
    out.push_str("}\n\n/// The requests.\npub mod operations {\n    use super::{Operation, Parameter, Part};\n");
    for operation in &tables.operations {
        requests::emit::table(&mut out, operation);
    }
    out.push_str("}\n");
    out
}

fn kind_of(kind: &Kind, depth: usize) -> String {
    let Kind { name, most, most_animated, says, other_types, types, .. } = kind;
    table((name, *most, *most_animated), (says.as_deref(), other_types.as_deref()), types, depth)
}

/// A kind: its name and sizes, what is said of it, and its types.
fn table(
    (name, most, animated): (&str, u64, Option<u64>),
    (says, other): (Option<&str>, Option<&str>),
    types: &[FileType],
    depth: usize,
) -> String {
    let pad = "    ".repeat(depth);
    let mut out = format!(
        "FileKind {{\n{pad}    name: {name:?},\n{pad}    most: {most},\n{pad}    most_animated: {animated:?},\n\
         {pad}    says: {says:?},\n{pad}    other_types: {other:?},\n{pad}    types: &[\n"
    );
    for file in types {
        let sniffed = match file.sniffed {
            Sniffed::Always => "Always",
            Sniffed::Sometimes => "Sometimes",
            Sniffed::Never => "Never",
        };
        let _ = writeln!(
            out,
            "{pad}        FileType {{\n{pad}            name: {:?},\n{pad}            extensions: &{:?},\n\
             {pad}            sniffed: Sniffed::{sniffed},\n{pad}            sniffed_as: &{:?},\n\
             {pad}            misspelt: &{:?},\n{pad}            says: {:?},\n{pad}        }},",
            file.name, file.extensions, file.sniffed_as, file.misspelt, file.says
        );
    }
    let _ = write!(out, "{pad}    ],\n{pad}}}");
    out
}

fn refuses(out: &mut String, refusal: &Refusal) {
    let Refusal { name, code, subcode, kind, .. } = refusal;
    let _ = writeln!(
        out,
        "\n    /// {}.\n    pub const {}: Refusal =\n        \
         Refusal {{ code: {code}, subcode: {subcode:?}, kind: {kind:?} }};",
        super::capital(&name.replace('-', " ")),
        name.to_shouty_snake_case()
    );
}

//! A constructor for each kind of file.

use std::fmt::Write as _;

use super::{capital, extensions, size};
use crate::{media::model::Tables, received::member};

pub(super) fn emit(tables: &Tables) -> String {
    let mut out = "//! Constructors by kind.\n\nuse wa_message_spec::media::{KINDS, SAMPLE};\n\n\
                   use crate::media::{Media, MediaSource};\n\nimpl Media {\n"
        .to_owned();
    for (at, kind) in tables.kinds.iter().enumerate() {
        let name = &kind.name;
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let _ = writeln!(
            out,
            "    /// Makes the file of {article} `{name}`: {}.",
            extensions(&kind.types)
        );
        let _ = write!(out, "    ///\n    /// It has at most {}", size(kind.most));
        if let Some(most) = kind.most_animated {
            let _ = write!(out, ", and {} if it moves", size(most));
        }
        out.push_str(".\n");
        for says in kind.says.iter().chain(kind.types.iter().filter_map(|file| file.says.as_ref()))
        {
            let _ = writeln!(out, "    /// {}, which is not checked.", capital(says));
        }
        if let Some(says) = &kind.other_types {
            let _ = writeln!(out, "    /// {}.", capital(says));
        }
        constructor(&mut out, &member(name), &format!("&KINDS[{at}]"));
    }
    let _ = writeln!(
        out,
        "    /// Makes a sample for a template, or a picture of a profile, for the resumable upload: {}.",
        extensions(&tables.samples)
    );
    constructor(&mut out, "sample", "&SAMPLE");
    out.truncate(out.trim_end().len());
    out.push_str("\n}\n");
    out
}

fn constructor(out: &mut String, name: &str, kind: &str) {
    let _ = writeln!(
        out,
        "    #[must_use]\n    pub fn {name}(source: impl Into<MediaSource>) -> Self {{\n        \
         Self::of({kind}, source.into())\n    }}\n"
    );
}

//! Methods for what is often looked for in contents.

use std::fmt::Write as _;

use super::{doc, member, types::Types};
use crate::received::{
    find::{self, Place},
    model::{Object, Received, Schema, Type},
};

pub(super) fn emit(received: &Received) -> String {
    let mut out =
        "//! Methods for what is often looked for in contents, wherever it stands there.\n\n\
                   use super::{types::*, unions::*};\nuse crate::{Item, JsonText};\n"
            .to_owned();
    let types = Types::new(received);
    for schema in &received.schemas {
        if let Schema::Object(object) = schema
            && !object.finds.is_empty()
        {
            methods(&mut out, received, &types, object);
        }
    }
    out
}

fn methods(out: &mut String, received: &Received, types: &Types<'_>, object: &Object) {
    let _ = writeln!(out, "\nimpl<'a> {} {{", types.named(&object.name));
    for (at, find) in object.finds.iter().enumerate() {
        // They were checked with the description.
        let places = find::places(received, object, find).unwrap_or_default();
        let Some(found) = places.first().map(|place| found(types, place.value)) else { continue };
        if at > 0 {
            out.push('\n');
        }
        doc(out, 4, &find.description);
        let _ = writeln!(out, "    #[must_use]");
        let _ = writeln!(out, "    pub fn {}(&self) -> Option<&{found}> {{", member(&find.name));
        let _ = writeln!(out, "        match self.content.known()? {{");
        for place in &places {
            let _ = writeln!(out, "            {},", arm(place));
        }
        let _ = writeln!(out, "            _ => None,\n        }}\n    }}");
    }
    out.push_str("}\n");
}

/// What a reference to it is to.
fn found(types: &Types<'_>, value: &Type) -> String {
    match value {
        Type::Text(_) => "str".to_owned(),
        other => types.value(other),
    }
}

fn arm(place: &Place<'_>) -> String {
    let mut arms = place.arms.iter().rev();
    let arm = |(union, arm): &(&crate::received::model::Union, String), inside: &str| {
        format!("{}::{arm}({inside})", union.name)
    };
    let innermost = arms.next().map(|one| arm(one, "found")).unwrap_or_default();
    let pattern = arms.fold(innermost, |inside, one| arm(one, &format!("Item::Known({inside})")));
    let found = match place.member {
        None => "Some(found)".to_owned(),
        Some(inner) => {
            let name = member(&inner.name);
            match (inner.required, &inner.value) {
                (true, Type::Text(_)) => format!("Some(&*found.{name})"),
                (true, _) => format!("Some(&found.{name})"),
                (false, Type::Text(_)) => format!("found.{name}.as_deref()"),
                (false, _) => format!("found.{name}.as_ref()"),
            }
        }
    };
    format!("{pattern} => {found}")
}

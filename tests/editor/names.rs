//! The structs that editors are shown have the names that messages are written with.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;
use wa_message::{Message, ReadReceipt, to_dsl};
use wa_message_spec::tables::KINDS;
use wa_message_tests::{cases, examples};

/// The fields of each struct, by module and name.
type Structs = BTreeMap<String, BTreeSet<String>>;

/// The structs of the generated file.
fn structs() -> Structs {
    let path = "../crates/wa-message-core/src/generated/editor.rs";
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let file = syn::parse_file(&text).unwrap();
    let mut structs = Structs::new();
    for item in &file.items {
        let syn::Item::Mod(module) = item else { panic!("a module is expected") };
        for item in &module.content.as_ref().unwrap().1 {
            let syn::Item::Struct(item) = item else { panic!("a struct is expected") };
            let fields = item.fields.iter().map(|field| field.ident.as_ref().unwrap().to_string());
            structs.insert(format!("{}::{}", module.ident, item.ident), fields.collect());
        }
    }
    structs
}

/// A literal of a struct in an expansion.
struct Literal {
    path: String,
    /// The names in it, with whether it is said to have them.
    names: Vec<(String, bool)>,
}

fn literals(tokens: TokenStream, found: &mut Vec<Literal>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        // editor :: objects :: Row { .. }
        if at > 3 && matches!(tokens[at - 4].to_string().as_str(), "kinds" | "objects") {
            let path = format!("{}::{}", tokens[at - 4], tokens[at - 1]);
            found.push(Literal { path, names: names(group.stream()) });
        }
        literals(group.stream(), found);
    }
}

fn names(fields: TokenStream) -> Vec<(String, bool)> {
    let tokens: Vec<_> = fields.into_iter().collect();
    let attributes = tokens.windows(3).filter_map(|tokens| {
        let [TokenTree::Punct(hash), TokenTree::Group(attribute), name] = tokens else {
            return None;
        };
        let known = match attribute.to_string().replace(' ', "").as_str() {
            "[cfg(all())]" => true,
            "[cfg(any())]" => false,
            _ => return None,
        };
        (hash.as_char() == '#').then(|| (name.to_string(), known))
    });
    attributes.collect()
}

fn shown(invocation: &str) -> Vec<Literal> {
    let input: TokenStream = format!("[wa] {invocation}").parse().unwrap();
    let mut found = Vec::new();
    literals(wa_message_dsl::expand_in_editor(input), &mut found);
    found
}

fn written(document: &Value) -> Option<String> {
    let text = match Message::try_from(document) {
        Ok(message) => to_dsl(&message),
        Err(_) => ReadReceipt::try_from(document).ok()?.to_dsl(),
    };
    Some(text.strip_prefix("wa_message! {")?.strip_suffix('}')?.to_owned())
}

#[test]
fn every_kind_has_a_struct() {
    let structs = structs();
    for kind in KINDS {
        assert!(structs.contains_key(&format!("kinds::{}", kind.name)), "{}", kind.name);
    }
}

#[test]
fn messages_are_written_with_names_of_the_structs() {
    let structs = structs();
    let valid = cases().into_iter().filter(|case| case.paths.is_empty());
    let documents = examples().into_iter().chain(valid.map(|case| (case.name, case.message)));
    let mut count = 0;
    for (name, document) in documents {
        let Some(invocation) = written(&document) else { continue };
        for literal in shown(&invocation) {
            count += 1;
            let path = &literal.path;
            let fields = structs.get(path);
            let fields = fields.unwrap_or_else(|| panic!("{name}: no {path}, in\n{invocation}"));
            for (field, known) in literal.names {
                let has = fields.contains(&field);
                assert_eq!(has, known, "{name}: {path} and `{field}`, in\n{invocation}");
                // Whoever made a template gave its variables names of their own.
                let is_free = invocation.contains("<template>") && path.contains("Parameter");
                assert!(known || is_free, "{name}: {path} has no `{field}`, in\n{invocation}");
            }
        }
    }
    println!("{count} objects");
    assert!(count > 2_000, "only {count} objects");
}

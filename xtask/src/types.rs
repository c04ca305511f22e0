//! The wire types: typify's output, with what it cannot express put in.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{Attribute, Fields, File, Item, Path, Token, parse_quote, punctuated::Punctuated};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::{
    error::{Error, Result},
    lower::Lowered,
};

/// The wire types and the names in them.
pub(crate) struct Types {
    /// The code.
    file: File,
    /// The Rust names of types, of their members and variants, and of the members of variants, each by the names in the
    /// JSON that lead to it: `Header/text/sub_text`.
    names: BTreeMap<String, Ident>,
}

/// Makes the wire types.
///
/// # Errors
///
/// When typify refuses the lowered schemas, or makes something else of them than expected.
pub(crate) fn make(lowered: &Lowered) -> Result<Types> {
    let schema = serde_json::json!({"definitions": lowered.definitions});
    let schema = serde_json::from_value(schema).map_err(|error| typify_error(&error))?;
    let mut settings = TypeSpaceSettings::default();
    settings.with_derive("PartialEq".to_owned()).with_attr("#[non_exhaustive]".to_owned());
    for (name, rust) in &lowered.replacements {
        settings.with_replacement(name, rust, std::iter::empty());
    }
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(schema).map_err(|error| typify_error(&error))?;
    let mut file: File = syn::parse2(space.to_stream()).map_err(|error| typify_error(&error))?;
    let mut names = BTreeMap::new();
    for item in &mut file.items {
        match item {
            Item::Struct(found) => {
                let path = found.ident.to_string();
                members(&mut found.fields, &path, &mut names)?;
                names.insert(path, found.ident.clone());
                without_serde(&mut found.attrs)?;
            }
            Item::Enum(found) => {
                for variant in &mut found.variants {
                    let json = json_name(&variant.attrs, &variant.ident)?;
                    let path = format!("{}/{json}", found.ident);
                    members(&mut variant.fields, &path, &mut names)?;
                    names.insert(path, variant.ident.clone());
                    document(variant, &json);
                    without_serde(&mut variant.attrs)?;
                }
                names.insert(found.ident.to_string(), found.ident.clone());
                without_serde(&mut found.attrs)?;
            }
            _ => {}
        }
    }
    Ok(Types { file, names })
}

impl Types {
    /// Takes out the Rust name of something, by the names in the JSON that lead to it.
    ///
    /// # Errors
    ///
    /// When typify made nothing of it.
    pub(crate) fn take(&mut self, path: &[&str]) -> Result<Ident> {
        let path = path.join("/");
        self.names.remove(&path).ok_or_else(|| typify_error(&format!("it made no `{path}`")))
    }

    /// Returns the code, once all names are taken.
    ///
    /// # Errors
    ///
    /// When typify made more than it was asked for.
    pub(crate) fn finish(self) -> Result<File> {
        match self.names.into_keys().next() {
            None => Ok(self.file),
            Some(path) => Err(typify_error(&format!("it also made `{path}`"))),
        }
    }
}

/// Takes the names of members.
fn members(fields: &mut Fields, owner: &str, names: &mut BTreeMap<String, Ident>) -> Result<()> {
    for field in fields {
        if let Some(ident) = &field.ident {
            let json = json_name(&field.attrs, ident)?;
            names.insert(format!("{owner}/{json}"), ident.clone());
        }
        without_serde(&mut field.attrs)?;
    }
    Ok(())
}

/// The name of a member or variant in the JSON.
fn json_name(attributes: &[Attribute], rust: &Ident) -> Result<String> {
    let mut json = rust.to_string();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let nested = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                json = meta.value()?.parse::<syn::LitStr>()?.value();
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
        nested.map_err(|error| typify_error(&error))?;
    }
    Ok(json)
}

/// A variant without a description is documented by its value, and so are its members.
fn document(variant: &mut syn::Variant, json: &str) {
    let is_doc = |attribute: &Attribute| attribute.path().is_ident("doc");
    if !variant.attrs.iter().any(is_doc) {
        let doc = format!("`{json}`");
        variant.attrs.insert(0, parse_quote!(#[doc = #doc]));
    }
}

/// Takes out what is for serde: it is derived for no type, and took most of the time to compile them.
fn without_serde(attributes: &mut Vec<Attribute>) -> Result<()> {
    attributes.retain(|attribute| !attribute.path().is_ident("serde"));
    without_derives(attributes, &["serde"])
}

/// Takes out of what is derived all that begins with one of these names.
///
/// # Errors
///
/// When it is not a list of paths.
pub(crate) fn without_derives(attributes: &mut [Attribute], names: &[&str]) -> Result<()> {
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        let paths = Punctuated::<Path, Token![,]>::parse_terminated;
        let derived = attribute.parse_args_with(paths).map_err(|error| typify_error(&error))?;
        let kept = derived.iter().filter(|path| {
            let first = path.segments.first();
            first.is_none_or(|first| !names.iter().any(|name| first.ident == name))
        });
        *attribute = parse_quote!(#[derive(#(#kept),*)]);
    }
    Ok(())
}

fn typify_error(error: &dyn std::fmt::Display) -> Error {
    Error::Tool { tool: "typify", message: error.to_string() }
}

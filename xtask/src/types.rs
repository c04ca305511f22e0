//! The wire types: typify's output, with what it cannot express put in.

use std::collections::BTreeMap;

use syn::{Attribute, Fields, File, Item, Path, Token, parse_quote, punctuated::Punctuated};
use typify::{TypeSpace, TypeSpaceSettings};

use crate::{
    error::{Error, Result},
    lower::Lowered,
};

/// The wire types and the names in them.
pub(crate) struct Types {
    /// The code.
    pub(crate) file: File,
    /// Members of structs, in their order: the JSON name and the Rust name.
    structs: BTreeMap<String, Vec<(String, String)>>,
    enums: BTreeMap<String, Vec<Variant>>,
}

/// A variant of an enum.
struct Variant {
    /// The JSON value.
    json: String,
    /// The Rust name.
    rust: String,
    /// The members, in their order: the JSON name and the Rust name.
    members: Vec<(String, String)>,
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
    let mut types =
        Types { structs: BTreeMap::new(), enums: BTreeMap::new(), file: syn::parse_quote!() };
    for item in &mut file.items {
        match item {
            Item::Struct(found) => {
                types.structs.insert(found.ident.to_string(), fields(&found.fields)?);
                without_serde(&mut found.attrs)?;
                found.fields.iter_mut().try_for_each(|field| without_serde(&mut field.attrs))?;
            }
            Item::Enum(found) => {
                let mut variants = Vec::new();
                for variant in &mut found.variants {
                    let (json, rust) = renamed(&variant.attrs, &variant.ident.to_string())?;
                    let members = fields(&variant.fields)?;
                    document(variant, &json);
                    without_serde(&mut variant.attrs)?;
                    let mut inside = variant.fields.iter_mut();
                    inside.try_for_each(|field| without_serde(&mut field.attrs))?;
                    variants.push(Variant { json, rust, members });
                }
                types.enums.insert(found.ident.to_string(), variants);
                without_serde(&mut found.attrs)?;
            }
            _ => {}
        }
    }
    types.file = file;
    for name in lowered.definitions.keys().filter(|name| !lowered.replacements.contains_key(*name))
    {
        if !types.structs.contains_key(name) && !types.enums.contains_key(name) {
            return Err(typify_error(&format!("it made no type `{name}`")));
        }
    }
    Ok(types)
}

impl Types {
    /// The members of a struct, in the order in which serde writes them.
    ///
    /// # Errors
    ///
    /// When there is no such struct.
    pub(crate) fn members(&self, name: &str) -> Result<&[(String, String)]> {
        let found = self.structs.get(name);
        found.map(Vec::as_slice).ok_or_else(|| typify_error(&format!("no struct `{name}`")))
    }

    /// The Rust name of a member of a struct.
    ///
    /// # Errors
    ///
    /// When there is no such member.
    pub(crate) fn member(&self, name: &str, json: &str) -> Result<&str> {
        let found = self.members(name)?.iter().find(|(known, _)| known == json);
        found.map(|(_, rust)| rust.as_str()).ok_or_else(|| lost(json, name))
    }

    /// Whether there is an enum of a name. A word that is always the same has none.
    pub(crate) fn has_enum(&self, name: &str) -> bool {
        self.enums.contains_key(name)
    }

    /// The Rust name of a variant of an enum.
    ///
    /// # Errors
    ///
    /// When there is no such variant.
    pub(crate) fn variant(&self, name: &str, json: &str) -> Result<&str> {
        Ok(&self.found(name, json)?.rust)
    }

    /// The members of a variant of an enum, in the order in which serde writes them.
    ///
    /// # Errors
    ///
    /// When there is no such variant.
    pub(crate) fn variant_members(&self, name: &str, json: &str) -> Result<&[(String, String)]> {
        Ok(&self.found(name, json)?.members)
    }

    fn found(&self, name: &str, json: &str) -> Result<&Variant> {
        let variants = self.enums.get(name);
        let variants = variants.ok_or_else(|| typify_error(&format!("no enum `{name}`")))?;
        variants.iter().find(|known| known.json == json).ok_or_else(|| lost(json, name))
    }
}

fn lost(json: &str, owner: &str) -> Error {
    typify_error(&format!("no `{json}` in `{owner}`"))
}

fn fields(fields: &Fields) -> Result<Vec<(String, String)>> {
    let named = fields.iter().filter_map(|field| field.ident.as_ref().map(|ident| (field, ident)));
    named.map(|(field, ident)| renamed(&field.attrs, &ident.to_string())).collect()
}

/// The JSON name of a member or variant, and its Rust name.
fn renamed(attributes: &[Attribute], rust: &str) -> Result<(String, String)> {
    let mut json = rust.to_owned();
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
    Ok((json, rust.to_owned()))
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

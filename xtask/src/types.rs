//! The wire types: typify's output, with what it cannot express put in.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, Fields, File, Item, parse_quote};
use typify::{TypeSpace, TypeSpacePatch, TypeSpaceSettings};

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
    /// Variants of enums: the JSON value and the Rust name.
    enums: BTreeMap<String, Vec<(String, String)>>,
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
    for (name, tag) in &lowered.tagged {
        let mut patch = TypeSpacePatch::default();
        patch.with_attr(format!("#[serde(tag = \"{tag}\")]"));
        settings.with_patch(name, &patch);
    }
    let mut space = TypeSpace::new(&settings);
    space.add_root_schema(schema).map_err(|error| typify_error(&error))?;
    let mut file: File = syn::parse2(space.to_stream()).map_err(|error| typify_error(&error))?;
    let mut types =
        Types { structs: BTreeMap::new(), enums: BTreeMap::new(), file: syn::parse_quote!() };
    for item in &mut file.items {
        match item {
            Item::Struct(found) => {
                let name = found.ident.to_string();
                let content = lowered.flattened.get(&name);
                types.structs.insert(name, fields(&found.fields)?);
                // A member that is flattened cannot stand in a struct that refuses unknown members;
                // the enum itself refuses them.
                if let Some(content) = content {
                    flatten(found, content)?;
                }
            }
            Item::Enum(found) => {
                let variants = found.variants.iter();
                let names =
                    variants.map(|variant| renamed(&variant.attrs, &variant.ident.to_string()));
                let names = names.collect::<Result<Vec<_>>>()?;
                for (variant, (json, _)) in found.variants.iter_mut().zip(&names) {
                    document(variant, json);
                }
                types.enums.insert(found.ident.to_string(), names);
                move_derives_first(&mut found.attrs);
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
        find(self.members(name)?, name, json)
    }

    /// The Rust name of a variant of an enum.
    ///
    /// # Errors
    ///
    /// When there is no such variant.
    pub(crate) fn variant(&self, name: &str, json: &str) -> Result<&str> {
        let found = self.enums.get(name);
        let variants = found.ok_or_else(|| typify_error(&format!("no enum `{name}`")))?;
        find(variants, name, json)
    }

    /// The members of a variant of an enum, in the order in which serde writes them.
    ///
    /// # Errors
    ///
    /// When there is no such variant.
    pub(crate) fn variant_members(&self, name: &str, json: &str) -> Result<Vec<(String, String)>> {
        let variant = self.variant(name, json)?;
        let found = self.file.items.iter().find_map(|item| match item {
            Item::Enum(found) if found.ident == name => {
                found.variants.iter().find(|known| known.ident == variant)
            }
            _ => None,
        });
        found.map_or(Ok(Vec::new()), |variant| fields(&variant.fields))
    }
}

fn find<'t>(names: &'t [(String, String)], owner: &str, json: &str) -> Result<&'t str> {
    let found = names.iter().find(|(known, _)| known == json).map(|(_, rust)| rust.as_str());
    found.ok_or_else(|| typify_error(&format!("no `{json}` in `{owner}`")))
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

fn flatten(found: &mut syn::ItemStruct, content: &str) -> Result<()> {
    let refuses = quote::quote!(#[serde(deny_unknown_fields)]).to_string();
    found.attrs.retain(|attribute| attribute.to_token_stream().to_string() != refuses);
    let field = found
        .fields
        .iter_mut()
        .find(|field| field.ident.as_ref().is_some_and(|ident| ident == content));
    let field = field.ok_or_else(|| typify_error(&format!("no member `{content}`")))?;
    field.attrs.push(parse_quote!(#[serde(flatten)]));
    Ok(())
}

/// A variant without a description is documented by its value, and so are its members.
fn document(variant: &mut syn::Variant, json: &str) {
    let is_doc = |attribute: &Attribute| attribute.path().is_ident("doc");
    if !variant.attrs.iter().any(is_doc) {
        let doc = format!("`{json}`");
        variant.attrs.insert(0, parse_quote!(#[doc = #doc]));
    }
}

/// An attribute of a derive has to stand behind the derive.
fn move_derives_first(attributes: &mut [Attribute]) {
    attributes.sort_by_key(|attribute| attribute.path().is_ident("serde"));
}

fn typify_error(error: &dyn std::fmt::Display) -> Error {
    Error::Tool { tool: "typify", message: error.to_string() }
}

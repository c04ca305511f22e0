//! Writes what was written as literals of the generated structs.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use wa_message_rules::table::Object;
use wa_message_spec::tables::KINDS;

use super::{
    ident::ident,
    place::{ItemTag, Names, Place},
    variables::Variables,
    written::{Field, Item, Value},
};

/// A name makes an expansion longer by less than this, beside its own characters.
const NAME: usize = 24;
/// So many names without a value are made up for, one after the other.
const NAMES: usize = 8;

pub(super) struct Mirror {
    /// The path of the items that an expansion names.
    private: TokenStream,
    /// The path of the module of the generated structs.
    editor: TokenStream,
    variables: Variables,
}

impl Mirror {
    pub(super) fn new(private: TokenStream, variables: Variables) -> Self {
        Self { editor: quote!(#private::editor), private, variables }
    }

    pub(super) fn short_form(&self, kind: Option<&Ident>, fields: &[Field]) -> TokenStream {
        let editor = &self.editor;
        let known = kind.and_then(|kind| KINDS.iter().find(|known| kind == known.name));
        if let (Some(name), Some(kind)) = (kind, known) {
            let names = Names::of_kind(kind);
            let literal = self.literal(&quote!(#editor::kinds::#name), &names, fields);
            return quote!(let _ = #literal;);
        }
        // The names of the kinds are completed in this path.
        let values = self.all_values(fields);
        let name = kind.map(|name| quote!(::#name));
        quote!(let _ = #editor::kinds #name; #values)
    }

    /// The values in a value, where the names beside them say nothing.
    pub(super) fn values(&self, value: &Value) -> TokenStream {
        let editor = &self.editor;
        match value {
            Value::Object(fields) => self.all_values(fields),
            Value::Array(items) => self.items(items, None),
            Value::Rust(tokens) => quote!(#editor::item(#tokens);),
        }
    }

    fn all_values(&self, fields: &[Field]) -> TokenStream {
        fields.iter().filter_map(|field| field.value.as_ref()).map(|it| self.values(it)).collect()
    }

    fn object(
        &self,
        object: &'static Object,
        tag: Option<ItemTag>,
        fields: &[Field],
    ) -> TokenStream {
        let names = Names::of_object(object, tag, fields);
        let (editor, name) = (&self.editor, ident(&names.name(), Span::call_site()));
        self.literal(&quote!(#editor::objects::#name), &names, fields)
    }

    /// A literal of a struct.
    fn literal(&self, path: &TokenStream, names: &Names, fields: &[Field]) -> TokenStream {
        self.literal_of(path, &|name| names.find(name), fields)
    }

    /// A literal of a struct whose fields are the variables of a template, and the struct.
    fn variables(&self, component: &str, fields: &[Field]) -> Option<TokenStream> {
        let private = &self.private;
        let (names, item) = self.variables.item(component, private)?;
        let find = |name: &str| names.iter().any(|known| known == name).then(Place::of_text);
        let literal = self.literal_of(&quote!(Variables), &find, fields);
        Some(quote!({ #item #literal }))
    }

    /// What the struct does not have is configured out, so that it is no error beside the one that says so, and
    /// yet a place for names to be completed.
    fn literal_of(
        &self,
        path: &TokenStream,
        find: &dyn Fn(&str) -> Option<Place>,
        fields: &[Field],
    ) -> TokenStream {
        let editor = &self.editor;
        let mut strays = TokenStream::new();
        let written = fields.iter().map(|field| {
            let name = ident(&field.name, field.span);
            match (find(&field.name), &field.value) {
                (Some(place), Some(value)) => {
                    let value = self.value(value, place);
                    quote!(#[cfg(all())] #name: #value,)
                }
                (Some(_), None) => quote!(#[cfg(all())] #name: #editor::value(#name),),
                (None, None) => quote!(#[cfg(any())] #name,),
                (None, Some(value)) => {
                    strays.extend(self.values(value));
                    quote!(#[cfg(any())] #name: (),)
                }
            }
        });
        let written: TokenStream = written.collect();
        // See the module: a name less must not make the expansion shorter.
        let names = fields.iter().filter(|field| field.value.is_none()).count();
        let space = " ".repeat(NAMES.saturating_sub(names) * NAME);
        quote!(#path { #written ..#editor::rest(#space, { #strays }) })
    }

    /// A value of a field.
    fn value(&self, value: &Value, place: Place) -> TokenStream {
        let editor = &self.editor;
        match value {
            Value::Object(fields) => {
                let variables = place.component.and_then(|it| self.variables(it, fields));
                let shown = if let Some(variables) = variables {
                    variables
                } else if let Some(object) = place.object() {
                    self.object(object, place.items, fields)
                } else {
                    let values = self.all_values(fields);
                    quote!({ #values })
                };
                quote!(#editor::value(#shown))
            }
            Value::Array(items) => {
                let items = self.items(items, place.item());
                quote!(#editor::value({ #items }))
            }
            Value::Rust(tokens) if tokens.is_empty() => quote!(#editor::value(())),
            Value::Rust(tokens) => quote!(#editor::value(#tokens)),
        }
    }

    fn items(&self, items: &[Item], place: Option<Place>) -> TokenStream {
        items.iter().map(|item| self.item(item, place)).collect()
    }

    fn item(&self, item: &Item, place: Option<Place>) -> TokenStream {
        let editor = &self.editor;
        match item {
            Item::One(Value::Object(fields)) => self.fields_of_item(fields, place),
            Item::One(Value::Array(items)) => self.items(items, place.and_then(|it| it.item())),
            Item::One(Value::Rust(tokens)) | Item::Spread(tokens) => {
                quote!(#editor::item(#tokens);)
            }
            Item::For { pattern, items, each } => {
                let each = self.fields_of_item(each, place);
                let items = or_nothing(items);
                quote!(for #pattern in #items { #each })
            }
            Item::If { condition, then, otherwise } => {
                let condition = or_nothing(condition);
                let then = self.fields_of_item(then, place);
                let otherwise = otherwise.as_ref().map(|otherwise| {
                    let otherwise = self.item(otherwise, place);
                    quote!(else { #otherwise })
                });
                quote!(if #condition { #then } #otherwise)
            }
        }
    }

    fn fields_of_item(&self, fields: &[Field], place: Option<Place>) -> TokenStream {
        let editor = &self.editor;
        match place.and_then(|place| Some((place.object()?, place.items))) {
            Some((object, tag)) => {
                let literal = self.object(object, tag, fields);
                quote!(#editor::item(#literal);)
            }
            None => self.all_values(fields),
        }
    }
}

/// An expression that is not there yet.
fn or_nothing(tokens: &TokenStream) -> TokenStream {
    if tokens.is_empty() { quote!({}) } else { tokens.clone() }
}

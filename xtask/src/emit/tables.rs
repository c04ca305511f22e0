//! The tables of `wa-message-spec`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

mod rules;

use super::texts::{self, Texts};
use crate::{
    error::Result,
    model::{ArmObject, Field, List, Object, Text, Type},
    names::table,
    rust::{CONTENT, Members, Rust, RustType, Words},
};

/// The tables, and the constants that stand in them.
pub(super) fn emit(rust: &Rust<'_>) -> (TokenStream, Texts) {
    let (statics, texts) = statics(rust);
    let description = rust.description;
    let kinds = description.kinds.iter().map(|kind| {
        let (name, doc, tags) = (&kind.name, &kind.description, &kind.tags);
        let root = table(&kind.root);
        quote!(Kind { name: #name, description: #doc, root: &#root, tags: &[#(#tags),*] })
    });
    let mut roots: Vec<_> = description.kinds.iter().map(|kind| &kind.root).collect();
    roots.dedup();
    let roots = roots.into_iter().map(|root| table(root));
    let (base_url, api_version) = (&description.base_url, &description.api_version);
    let tables = quote! {
        //! What the endpoint takes.


        #[doc(hidden)]
        pub use super::{patterns, texts};
        use wa_message_rules::table::*;

        /// The address of the API, without its version.
        pub const BASE_URL: &str = #base_url;

        /// The version of the API.
        pub const API_VERSION: &str = #api_version;

        /// The request bodies.
        pub static ROOTS: &[&Object] = &[#(&#roots),*];

        /// The kinds of message that the short form names.
        pub static KINDS: &[Kind] = &[#(#kinds),*];

        #(#statics)*
    };
    (tables, texts)
}

/// The tables of a description that has neither an address nor kinds, with their constants in the same file.
pub(crate) fn alone(rust: &Rust<'_>) -> Result<TokenStream> {
    let (statics, texts) = statics(rust);
    let (texts, patterns) = (texts.emit(), super::patterns::emit(rust.description)?);
    Ok(quote! {
        //! What requests about templates take.

        use wa_message_rules::table::*;

        #(#statics)*

        #[doc(hidden)]
        pub mod patterns {
            #patterns
        }

        #[doc(hidden)]
        pub mod texts {
            #texts
        }
    })
}

/// A static for each object.
fn statics(rust: &Rust<'_>) -> (Vec<TokenStream>, Texts) {
    let emitter = Emitter { rust, texts: Texts::default() };
    let statics = rust.types.iter().map(|ty| {
        let (name, doc) = (&ty.table, &ty.object.description);
        let value = emitter.object(ty);
        quote! {
            #[doc = #doc]
            pub static #name: Object = #value;
        }
    });
    (statics.collect(), emitter.texts)
}

struct Emitter<'r> {
    rust: &'r Rust<'r>,
    texts: Texts,
}

impl Emitter<'_> {
    fn object(&self, ty: &RustType<'_>) -> TokenStream {
        self.object_with(ty.object, &ty.object.label, ty.members.as_ref(), self.tag(ty))
    }

    fn object_with(
        &self,
        object: &Object,
        label: &str,
        members: Option<&Members<'_>>,
        tag: TokenStream,
    ) -> TokenStream {
        let (name, description) = (&object.name, &object.description);
        let kind = option(object.kind.as_ref());
        let natural = option(object.natural.as_ref());
        let fields = object.fields.iter().map(|field| {
            let rust = members.and_then(|members| members.another_name(field));
            self.field(field, option(rust))
        });
        let fields: Vec<_> = fields.collect();
        let exactly_one = groups(&object.exactly_one);
        let at_least_one = groups(&object.at_least_one);
        let refused = object.refused.iter().map(|refused| {
            let (name, because, instead) = (&refused.name, &refused.because, &refused.instead);
            entry(
                "Refused",
                &[
                    ("name", quote!(#name)),
                    ("because", quote!(#because)),
                    ("instead", quote!(&[#(#instead),*])),
                    ("number", option(refused.number)),
                ],
            )
        });
        let (ignored, constant) = (&object.ignored, texts::constant(object));
        let rules = object.rules.iter().map(|rule| self.rule(object, rule));
        let advice = object.advice.iter().map(|rule| self.rule(object, rule));
        entry(
            "Object",
            &[
                ("name", quote!(#name)),
                ("constant", quote!(#constant)),
                ("label", quote!(#label)),
                ("description", quote!(#description)),
                ("kind", kind),
                ("fields", quote!(&[#(#fields),*])),
                ("tag", tag),
                ("exactly_one", exactly_one),
                ("at_least_one", at_least_one),
                ("refused", quote!(&[#(#refused),*])),
                ("ignored", quote!(&[#(#ignored),*])),
                ("rules", quote!(&[#(#rules),*])),
                ("advice", quote!(&[#(#advice),*])),
                ("natural", natural),
                numbers(&object.numbers),
            ],
        )
    }

    fn tag(&self, ty: &RustType<'_>) -> TokenStream {
        let Some(union) = &ty.object.union else {
            return quote!(None);
        };
        let (name, description) = (&union.tag, &union.description);
        let rust = ty.union.as_ref().map(|union| union.name.to_string()).unwrap_or_default();
        let flattened = ty.union.as_ref().and(ty.members.as_ref());
        let flattened = option(flattened.map(|_| CONTENT));
        let arms = union.arms.iter().enumerate().map(|(at, arm)| {
            // The members of an only arm are those of the struct.
            let variant = ty.union.as_ref().map(|union| &union.variants[at]);
            let members = variant.map_or(ty.members.as_ref(), |variant| variant.members.as_ref());
            let variant = variant.map(|variant| variant.name.to_string()).unwrap_or_default();
            let (value, label) = (&arm.value, &ty.object.label);
            let inner = match &arm.object {
                ArmObject::Named(name) => table(name).to_token_stream(),
                ArmObject::Inline(inner) => self.object_with(inner, label, members, quote!(None)),
            };
            quote!(Arm { value: #value, variant: #variant, object: &#inner })
        });
        let default = option(union.default);
        quote! {
            Some(&Tag {
                name: #name,
                description: #description,
                rust: #rust,
                flattened: #flattened,
                arms: &[#(#arms),*],
                default: #default,
            })
        }
    }

    fn field(&self, field: &Field, rust: TokenStream) -> TokenStream {
        let (name, description) = (&field.name, &field.description);
        let (required, lifted, position) = (field.required, field.lifted, field.position);
        let schema = self.schema(&field.value);
        let number = option(field.number);
        let by_name = field.by_name.iter().map(|by_name| {
            let (name, value, holds, keyed_by, synonyms) = (
                &by_name.name,
                &by_name.value,
                option(by_name.holds.as_ref()),
                option(by_name.keyed_by.as_ref()),
                &by_name.synonyms,
            );
            quote!(ByName {
                name: #name,
                value: #value,
                holds: #holds,
                keyed_by: #keyed_by,
                synonyms: &[#(#synonyms),*],
            })
        });
        let (synonyms, addressee) = (&field.synonyms, &field.addressee);
        entry(
            "Field",
            &[
                ("name", quote!(#name)),
                ("rust", rust),
                ("description", quote!(#description)),
                ("schema", schema),
                ("required", quote!(#required)),
                ("lifted", quote!(#lifted)),
                ("position", quote!(#position)),
                ("by_name", quote!(&[#(#by_name),*])),
                ("synonyms", quote!(&[#(#synonyms),*])),
                ("addressee", quote!(&[#(#addressee),*])),
                ("number", number),
            ],
        )
    }

    fn schema(&self, value: &Type) -> TokenStream {
        match value {
            Type::Text(text) => self.text(text),
            Type::Integer { min, max, constant, numbers: rules } => {
                let (min, max, constant) = (option(*min), option(*max), option(*constant));
                let limits = [("min", min), ("max", max), ("constant", constant), numbers(rules)];
                let limits = entry("Integer", &limits);
                quote!(Schema::Integer(&#limits))
            }
            Type::Number { min, max, numbers: rules } => {
                let limits = [("min", option(*min)), ("max", option(*max)), numbers(rules)];
                let limits = entry("Number", &limits);
                quote!(Schema::Number(&#limits))
            }
            Type::Json { min, max, texts, numbers: rules } => {
                let (min, max, texts) = (quote!(#min), maximum(*max), option(*texts));
                let limits = [("min", min), ("max", max), ("texts", texts), numbers(rules)];
                let limits = entry("Json", &limits);
                quote!(Schema::Json(&#limits))
            }
            Type::List(list) => self.list(list),
            Type::Object(name) | Type::OpenEnum(name) => {
                let name = table(name);
                quote!(Schema::Object(&#name))
            }
            // Any value stands in answers only, which have no tables.
            Type::Boolean | Type::Any => quote!(Schema::Boolean),
        }
    }

    fn text(&self, text: &Text) -> TokenStream {
        let (min, max) = (text.min, maximum(text.max));
        let pattern = option(text.pattern.as_ref().map(|pattern| {
            let name = super::patterns::name(self.rust.description, pattern);
            quote!(&patterns::#name)
        }));
        let format = option(text.format.as_ref().map(|format| {
            let name =
                format_ident!("{}", heck::ToUpperCamelCase::to_upper_camel_case(format.as_str()));
            quote!(Format::#name)
        }));
        let words = text.values.as_ref().and_then(|name| self.rust.words(name).ok());
        let values = option(words.map(|Words { values, variants, .. }| {
            let (rust, names) = (&values.name, &values.values);
            let variants = variants.iter().map(ToString::to_string);
            let aliases = values.aliases.iter().map(|(alias, name)| quote!((#alias, #name)));
            quote!(&Values {
                names: &[#(#names),*],
                aliases: &[#(#aliases),*],
                rust: #rust,
                variants: &[#(#variants),*],
            })
        }));
        let (says, lenient_integer) = (&text.says, text.lenient_integer);
        let limits = |name: TokenStream| {
            let name = if name.is_empty() { quote!("") } else { name };
            let members = [
                ("name", name),
                ("min", quote!(#min)),
                ("max", max.clone()),
                ("pattern", pattern.clone()),
                ("format", format.clone()),
                ("values", values.clone()),
                ("says", quote!(#says)),
                ("lenient_integer", quote!(#lenient_integer)),
                numbers(&text.numbers),
            ];
            entry("Text", &members)
        };
        let limits = if text.values.is_some() {
            let limits = limits(TokenStream::new());
            quote!(&#limits)
        } else {
            self.texts.limits(text, limits)
        };
        quote!(Schema::Text(#limits))
    }

    fn list(&self, list: &List) -> TokenStream {
        let items = self.schema(&list.items);
        let (min, max) = (list.min, maximum(list.max));
        let at_most = list.at_most.iter().map(|(member, value, max, number)| {
            let number = option(*number);
            quote!(AtMost { member: #member, value: #value, max: #max, number: #number })
        });
        let limits = entry(
            "List",
            &[
                ("items", items),
                ("min", quote!(#min)),
                ("max", max),
                ("at_most", quote!(&[#(#at_most),*])),
                numbers(&list.numbers),
            ],
        );
        quote!(Schema::List(&#limits))
    }
}

/// A member of a table and its value.
type Member = (&'static str, TokenStream);

/// A struct of the tables. What says nothing is left to the constant `PLAIN` of its type.
fn entry(name: &str, members: &[Member]) -> TokenStream {
    let says_nothing = |value: &TokenStream| {
        ["None", "false", "0usize", "usize :: MAX", "\"\"", "& []", "Numbers (& [])"]
            .contains(&value.to_string().as_str())
    };
    let said: Vec<_> = members.iter().filter(|(_, value)| !says_nothing(value)).collect();
    let plain = (said.len() < members.len()).then(|| {
        let name = format_ident!("{name}");
        quote!(..#name::PLAIN)
    });
    let said = said.into_iter().map(|(member, value)| {
        let member = format_ident!("{member}");
        quote!(#member: #value,)
    });
    let name = format_ident!("{name}");
    quote!(#name { #(#said)* #plain })
}

fn numbers(numbers: &[(String, u16)]) -> Member {
    let numbers = numbers.iter().map(|(keyword, number)| {
        let keyword = keyword.trim_start_matches("x-");
        let keyword = heck::ToUpperCamelCase::to_upper_camel_case(keyword);
        let keyword = format_ident!("{}", keyword);
        quote!((Keyword::#keyword, #number))
    });
    ("numbers", quote!(Numbers(&[#(#numbers),*])))
}

fn groups(groups: &[Vec<String>]) -> TokenStream {
    quote!(&[#(&[#(#groups),*]),*])
}

fn maximum(max: Option<usize>) -> TokenStream {
    max.map_or(quote!(usize::MAX), |max| quote!(#max))
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}

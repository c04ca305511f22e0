//! From the document to Rust: constructors of the generated types.
//!
//! A known value becomes a `const`, which costs nothing while the program runs. Any other is
//! evaluated in the order in which it is written.

mod constant;
mod field;
mod json;
mod known;
mod list;
mod names;
mod one_text;
mod open_texts;
mod proof;
mod rules;
mod tokens;
mod written;

use proc_macro2::{Delimiter, Ident, Literal, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, format_ident, quote};
use wa_message_rules::table::{Field, Object, Schema, Tag, Text};

use self::{
    field::{Fits, Private},
    known::{fixed, has_const, has_expression, is_plain},
    names::Names,
    tokens::{comma, group, ident, literal, named, path},
};
use crate::{
    Analysis, diagnostic,
    tree::{Content, Expression, Tree},
};

/// Expands a document, or its errors.
pub(crate) fn expand(analysis: &Analysis) -> TokenStream {
    let Analysis { krate, document, diagnostics, .. } = analysis;
    if !diagnostics.is_empty() {
        return stand_in(analysis, &TokenStream::new());
    }
    let private = quote!(#krate::__private);
    let Some((root, tree)) = document else { return TokenStream::new() };
    // Every token costs, here and in the compiler: a short name stands for the crate.
    let alias = field::alias(&private);
    let wrapper = wrapper(Private, root);
    let mut expander = Expander {
        hoisted: Vec::new(),
        names_of: Vec::new(),
        list_name: None,
        field: "an item",
        called: Names::default(),
        are_proven: false,
        names: 0,
    };
    if !has_expression(tree) && has_const(tree) {
        let proven = expander.proven(root, tree, &wrapper);
        return quote!({ #alias #proven });
    }
    if has_expression(tree)
        && let Some(rules) = proof::only_texts_are_open(root, tree)
        && let Some(written) = expander.written(root, tree, &rules, &wrapper)
    {
        return quote!({ #alias #written });
    }
    if fixed(tree, Schema::Object(root)) {
        let mut object = TokenStream::new();
        expander.in_const(Schema::Object(root), tree, &mut object);
        let json = expander.known_json(root, tree);
        return quote!({ #alias #wrapper::__fixed(const { &#object }, #json) });
    }
    let object = expander.value_alone(Schema::Object(root), tree);
    let hoisted = expander.take_hoisted();
    if has_expression(tree) {
        let json = expander.json_of(root, tree);
        let name = expander.fresh("json");
        quote!({ #alias #hoisted let #name = #json; #wrapper::__check(#object, #name) })
    } else {
        // Of free JSON alone something is made while the program runs.
        quote!({ #alias #hoisted #wrapper::__proven(#object, #private::Json::unknown()) })
    }
}

/// Errors, and a value of the type that the invocation would have, behind what an editor is shown.
pub(crate) fn stand_in(analysis: &Analysis, shown: &TokenStream) -> TokenStream {
    let Analysis { krate, document, is_evaluated, diagnostics, .. } = analysis;
    let private = quote!(#krate::__private);
    let errors = diagnostic::shown(diagnostics);
    let mut kind = match document {
        None => quote!(#private::Message),
        Some((root, _)) => wrapper(&private, root),
    };
    if *is_evaluated {
        kind = quote!(::core::result::Result<#kind, #private::InvalidMessage>);
    }
    quote!({ #shown #(#errors;)* #private::failed::<#kind>() })
}

/// The type of a message, by its request body.
fn wrapper(private: impl ToTokens, object: &Object) -> TokenStream {
    let name = format_ident!("{}", object.name.trim_end_matches("Object"));
    quote!(#private::#name)
}

pub(super) struct Expander {
    /// What has to be evaluated before the object is made, by its place in what was written.
    hoisted: Vec<(usize, TokenStream)>,
    /// The names of values that were evaluated before, by the tree that they are of.
    names_of: Vec<(*const Tree, Ident)>,
    /// The array that is being made.
    list_name: Option<Ident>,
    /// The field whose value is being made.
    field: &'static str,
    /// What the members of the object are called that is being made.
    called: Names,
    /// Whether the constants of the user have been proven.
    are_proven: bool,
    names: usize,
}

impl Expander {
    fn take_hoisted(&mut self) -> TokenStream {
        let mut hoisted = std::mem::take(&mut self.hoisted);
        hoisted.sort_by_key(|(order, _)| *order);
        hoisted.into_iter().map(|(_, tokens)| tokens).collect()
    }

    fn fresh(&mut self, stem: &str) -> Ident {
        self.names += 1;
        Ident::new(&format!("__{stem}_{}", self.names), Span::mixed_site())
    }

    /// A value outside of a `const`: what is known all through becomes one.
    fn value(&mut self, schema: Schema, tree: &Tree, out: &mut TokenStream) {
        if fixed(tree, schema) {
            if is_plain(tree, schema) {
                return self.in_const(schema, tree, out);
            }
            out.append(named("const"));
            return group(out, Delimiter::Brace, |inside| self.in_const(schema, tree, inside));
        }
        match (&tree.content, schema) {
            (Content::Object(_), Schema::Object(object)) => self.object(object, tree, false, out),
            (Content::Object(_), Schema::Json(_)) => out.extend(self.json_object(tree)),
            (Content::List(items), Schema::List(list)) => self.list(list, items, tree, out),
            (Content::Expression(expression), _) => {
                let fit = self.item_fit(schema, tree);
                out.append(self.hoist(tree, expression, &fit));
            }
            (Content::Position, _) => out.extend(self.position(schema)),
            // The rules let nothing else through.
            _ => {}
        }
    }

    /// The same by itself.
    fn value_alone(&mut self, schema: Schema, tree: &Tree) -> TokenStream {
        let mut out = TokenStream::new();
        self.value(schema, tree, &mut out);
        out
    }

    /// A value in a `const`.
    fn in_const(&mut self, schema: Schema, tree: &Tree, out: &mut TokenStream) {
        match (&tree.content, schema) {
            (Content::Const(block), _) => out.extend(self.constant(schema, tree, block)),
            (Content::Text(value), Schema::Text(Text { values: Some(values), .. })) => {
                let value = values.canonical(value);
                let at = values.names.iter().position(|name| Some(*name) == value);
                let variant = at.map_or("", |at| values.variants[at]);
                path(out, &["types", values.rust, variant]);
            }
            (Content::Text(value), Schema::Text(_)) => literal(out, value),
            (Content::Integer(value), Schema::Text(_)) => literal(out, &value.to_string()),
            (Content::Text(value), Schema::Number(_)) => {
                out.append(Literal::f64_suffixed(value.parse().unwrap_or_default()));
            }
            #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
            (Content::Integer(value), Schema::Number(_)) => {
                out.append(Literal::f64_suffixed(*value as f64));
            }
            (Content::Number(value), Schema::Number(_)) => {
                out.append(Literal::f64_suffixed(*value));
            }
            (Content::Integer(value), Schema::Integer(_)) => {
                out.append(Literal::i64_suffixed(i64::try_from(*value).unwrap_or_default()));
            }
            #[allow(clippy::cast_possible_truncation)] // The rules let only whole numbers through.
            (Content::Number(value), Schema::Integer(_)) => {
                out.append(Literal::i64_suffixed(*value as i64));
            }
            (Content::Boolean(value), _) => value.to_tokens(out),
            (Content::List(items), Schema::List(list)) => {
                path(out, &["List", "from_static"]);
                let items = |inside: &mut TokenStream| {
                    for item in items {
                        self.in_const(list.items, item.tree(), inside);
                        comma(inside);
                    }
                };
                let array = |inside: &mut TokenStream| {
                    inside.append(Punct::new('&', Spacing::Alone));
                    group(inside, Delimiter::Bracket, items);
                };
                group(out, Delimiter::Parenthesis, |inside| {
                    inside.append(named("const"));
                    group(inside, Delimiter::Brace, array);
                });
            }
            (Content::Object(_), Schema::Object(object)) => self.object(object, tree, true, out),
            _ => {}
        }
    }

    /// An object by its constructor, or by the variant of its enum.
    fn object(
        &mut self,
        object: &'static Object,
        tree: &Tree,
        in_const: bool,
        out: &mut TokenStream,
    ) {
        let (fields, arm) = match object.tag {
            None => (object, None),
            Some(tag @ Tag { rust: "", .. }) => (tag.arms[0].object, None),
            Some(tag @ Tag { flattened: Some(_), .. }) => (object, Some(tag)),
            Some(tag) => return self.arm(tag, tree, in_const, out),
        };
        let outer = self.called;
        self.called = outer.of(tree);
        path(out, &["types", object.name, "__new"]);
        group(out, Delimiter::Parenthesis, |inside| {
            for field in free_fields(fields) {
                self.argument(fields, field, tree, in_const, inside);
                comma(inside);
            }
            if let Some(tag) = arm {
                self.arm(tag, tree, in_const, inside);
            }
        });
        self.called = outer;
    }

    fn arm(&mut self, tag: &'static Tag, tree: &Tree, in_const: bool, out: &mut TokenStream) {
        let Some(arm) = tree.arm(tag) else { return };
        let outer = self.called;
        self.called = outer.of(tree).chosen(arm.value);
        path(out, &["types", tag.rust, arm.variant]);
        if arm.object.name.is_empty() {
            group(out, Delimiter::Brace, |inside| {
                for field in free_fields(arm.object) {
                    inside.append(rust_name(field));
                    inside.append(Punct::new(':', Spacing::Alone));
                    self.argument(arm.object, field, tree, in_const, inside);
                    comma(inside);
                }
            });
        } else {
            group(out, Delimiter::Parenthesis, |inside| {
                self.object(arm.object, tree, in_const, inside);
            });
        }
        self.called = outer;
    }

    /// The value of a field of an object.
    fn argument(
        &mut self,
        object: &'static Object,
        field: &'static Field,
        tree: &Tree,
        in_const: bool,
        out: &mut TokenStream,
    ) {
        let Some(value) = tree.member(field.name).filter(|value| !value.is_null()) else {
            return path(out, &["None"]);
        };
        self.field = self.called.called(field, value);
        let hoisted = if let Content::Expression(expression) = &value.content {
            let fits = Fits::of(object, field, tree);
            let fit = field::fit(field, self.called, value, fits);
            let hoisted = self.hoist(value, expression, &fit);
            if fits.is_needed == field.required {
                return out.append(hoisted);
            }
            Some(hoisted)
        } else {
            None
        };
        let outer = self.called;
        self.called = outer.within(field);
        let value = |out: &mut TokenStream| {
            if let Some(hoisted) = hoisted {
                out.append(hoisted);
            } else if in_const {
                self.in_const(field.schema, value, out);
            } else {
                self.value(field.schema, value, out);
            }
        };
        if field.required {
            value(out);
        } else {
            path(out, &["Some"]);
            group(out, Delimiter::Parenthesis, value);
        }
        self.called = outer;
    }

    /// Evaluates an expression before the object is made, in the order of what was written.
    fn hoist(&mut self, tree: &Tree, expression: &Expression, fit: &TokenStream) -> Ident {
        let name = self.fresh("value");
        let mut tokens = expression.tokens.clone();
        if expression.in_call {
            // A function says less about a value that cannot be moved than a method does.
            tokens = field::call(tree.spot, "identity", &tokens);
        }
        let allow = field::parentheses_allowed(&tokens);
        let tokens = quote!(#allow let #name = #fit(#tokens););
        self.hoisted.push((tree.order, tokens));
        self.names_of.push((tree, name.clone()));
        name
    }

    /// The name of a value that was evaluated before the object is made.
    fn hoisted_name(&self, tree: &Tree) -> Option<&Ident> {
        let found = self.names_of.iter().find(|(of, _)| std::ptr::eq(*of, tree));
        found.map(|(_, name)| name)
    }
}

/// The type of a required value.
fn type_of(schema: Schema) -> TokenStream {
    let private = Private;
    match schema {
        Schema::Text(Text { values: Some(values), .. }) => {
            let name = named(values.rust);
            quote!(#private::types::#name)
        }
        Schema::Text(_) => quote!(#private::Text),
        Schema::List(list) => {
            let items = type_of(list.items);
            quote!(#private::List<#items>)
        }
        Schema::Object(object) => {
            let name = named(object.name);
            quote!(#private::types::#name)
        }
        Schema::Integer(_) => quote!(::core::primitive::i64),
        Schema::Number(_) => quote!(::core::primitive::f64),
        Schema::Boolean => quote!(::core::primitive::bool),
        _ => quote!(#private::Map<::std::string::String, #private::Value>),
    }
}

/// The fields of an object, but for those that have one value only.
fn free_fields(object: &'static Object) -> impl Iterator<Item = &'static Field> {
    let is_constant = |field: &&Field| field.is_filled_in();
    object.fields.iter().filter(move |field| !is_constant(field))
}

fn rust_name(field: &Field) -> Ident {
    ident(field.rust.unwrap_or(field.name))
}

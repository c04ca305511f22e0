//! The arguments of a template: what a message has to fill, and of which type that is.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use wa_message_rules::{
    definition::{Button, Definition, Header, Layout, Words, table::Role},
    names::Names,
    table::{Field, Object, Schema},
};
use wa_message_spec::{tables, templates::DEMANDS};

use super::{
    Taken, identifier,
    variables::{VARIABLES, Variables},
};

/// The arguments of a function, and the fields of the message that they fill.
pub(super) struct Arguments {
    /// The variables that have names, which come before the other parameters.
    pub(super) variables: Variables,
    pub(super) parameters: TokenStream,
    /// What comes before the message.
    pub(super) before: TokenStream,
    pub(super) fields: TokenStream,
}

/// The argument that is a one-time code.
const CODE: &str = "code";

struct Collector<'c> {
    krate: &'c TokenStream,
    is_named: bool,
    /// Whether body and button have the same value: a one-time code.
    is_for_codes: bool,
    /// The names that are taken.
    taken: Taken,
    /// The argument with the code, if there is one.
    code: Option<Ident>,
    variables: Variables,
    parameters: TokenStream,
    before: TokenStream,
}

impl Arguments {
    pub(super) fn of(krate: &TokenStream, definition: &Definition) -> Self {
        let mut taken = Taken::default();
        for name in ["to", VARIABLES] {
            taken.free(name);
        }
        let mut collector = Collector {
            krate,
            is_named: definition.is_named(),
            is_for_codes: definition.is_for_codes(),
            taken,
            code: None,
            variables: Variables::default(),
            parameters: TokenStream::new(),
            before: TokenStream::new(),
        };
        let mut fields = collector.layout(definition.layout(), "");
        for part in definition.parts().iter().filter(|part| part.is_needed()) {
            let name = identifier(part.sent_as());
            let kind = kind_of(component(part.sent_as()), "");
            let value = collector.argument(part.sent_as(), "", &kind, false);
            fields.extend(quote!(#name: #value,));
        }
        if let Some(cards) = definition.cards() {
            let name = identifier(DEMANDS.sent_as(Role::Cards));
            let value = collector.cards(cards);
            fields.extend(quote!(#name: #value,));
        }
        let Collector { variables, parameters, before, .. } = collector;
        Self { variables, parameters, before, fields }
    }
}

impl Collector<'_> {
    /// The fields of a template or of a card, of which names begin with a prefix.
    fn layout(&mut self, layout: &Layout, prefix: &str) -> TokenStream {
        let mut fields = TokenStream::new();
        if let Some(header) = layout.header().filter(|header| header.takes().is_some()) {
            let (name, value) =
                (identifier(DEMANDS.sent_as(Role::Header)), self.header(header, prefix));
            fields.extend(quote!(#name: #value,));
        }
        if let Some(words) = layout.body().filter(|words| !words.variables().is_empty()) {
            let tag = DEMANDS.sent_as(Role::Body);
            let name = identifier(tag);
            let value =
                if self.is_for_codes { self.code() } else { self.words(words, tag, prefix) };
            fields.extend(quote!(#name: #value,));
        }
        let needed = layout.buttons().iter().enumerate().filter(|(_, button)| button.is_needed());
        let needed: Vec<_> = needed.collect();
        let items: Vec<_> = needed
            .iter()
            .map(|(index, button)| self.button(*index, button, &needed, prefix))
            .collect();
        if !items.is_empty() {
            let name = identifier(DEMANDS.sent.buttons);
            fields.extend(quote!(#name: [#(#items),*],));
        }
        fields
    }

    fn header(&mut self, header: &Header, prefix: &str) -> TokenStream {
        let tag = DEMANDS.sent_as(Role::Header);
        let Some(format) = header.takes() else { return TokenStream::new() };
        if let Some(words) = header.words().filter(|_| format.by_variable) {
            return self.words(words, tag, prefix);
        }
        let kind = kind_of(component(tag), format.takes);
        let value = self.argument(format.takes, prefix, &kind, false);
        let name = identifier(format.takes);
        quote!({ #name: #value })
    }

    /// The values of the variables of a text.
    fn words(&mut self, words: &Words, tag: &str, prefix: &str) -> TokenStream {
        let is_only = words.variables().len() == 1;
        let krate = self.krate;
        let values = words.names().map(|variable| {
            if !self.is_named {
                let numbered = format!("{tag}_{variable}");
                let name = if is_only { tag } else { &numbered };
                return self.argument(name, prefix, &Kind::Text, false);
            }
            let value = self.variables.add(variable, tag, prefix);
            // What is no identifier is written as JSON writes it.
            let key = identifier(variable);
            let is_same = key.unraw() == variable;
            let key = if is_same { quote!(#key) } else { quote!(#variable) };
            quote!(#key: #krate::value::IntoText::into_text(#value))
        });
        let values: Vec<_> = values.collect();
        match (self.is_named, values.as_slice()) {
            (true, values) => quote!({ #(#values),* }),
            (false, [only]) if tag == DEMANDS.sent_as(Role::Header) => only.clone(),
            (false, values) => quote!([#(#values),*]),
        }
    }

    /// The one-time code, which the button has too.
    fn code(&mut self) -> TokenStream {
        let value = self.argument(CODE, "", &Kind::Text, false);
        let code = identifier(CODE);
        self.code = Some(code.clone());
        self.before.extend(quote!(let #code = #value;));
        quote!([#code.clone()])
    }

    fn button(
        &mut self,
        index: usize,
        button: &Button,
        all: &[(usize, &Button)],
        prefix: &str,
    ) -> TokenStream {
        let sent_as = button.kind().map_or("", |kind| kind.sent_as);
        let is_same = |(_, other): &&(usize, &Button)| {
            other.kind().is_some_and(|kind| kind.sent_as == sent_as)
        };
        let is_only = all.iter().filter(is_same).count() == 1;
        let name = if is_only { sent_as.to_owned() } else { format!("{sent_as}_{index}") };
        let arm = component(DEMANDS.sent_as(Role::Buttons)).and_then(|object| arm(object, sent_as));
        let parameters = arm.and_then(|object| object.field(DEMANDS.sent.parameters));
        let kind = parameters.map_or(Kind::Text, |field| settle(field.schema));
        let is_optional = parameters.is_some_and(|field| !field.required);
        let value = match self.code.as_ref().filter(|_| self.is_for_codes) {
            Some(code) => code.into_token_stream(),
            None => self.argument(&name, prefix, &kind, is_optional),
        };
        let (key, at) = (identifier(sent_as), DEMANDS.sent.index);
        let (at, index) = (identifier(at), index.to_string());
        let filled = quote!({ #key: #value, #at: #index });
        if !is_optional {
            return filled;
        }
        // The button has to be there, also with nothing to say.
        let kind = identifier(DEMANDS.sent.sub_type);
        quote! {
            if let ::core::option::Option::Some(#value) = #value #filled else { #kind: #sent_as, #at: #index }
        }
    }

    fn cards(&mut self, cards: &[Layout]) -> TokenStream {
        let formats = cards.iter().filter_map(|card| card.header()?.format());
        if formats.take(1).any(|format| format.any_number) {
            let tag = DEMANDS.sent_as(Role::Cards);
            let field = component(tag).and_then(|object| object.field(DEMANDS.sent.cards));
            let kind = field.map_or(Kind::Text, |field| settle(field.schema));
            return self.argument(DEMANDS.sent.cards, "", &kind, false);
        }
        let cards = cards.iter().enumerate().map(|(index, card)| {
            let fields = self.layout(card, &format!("card_{index}_"));
            quote!({ #fields })
        });
        let cards: Vec<_> = cards.collect();
        quote!([#(#cards),*])
    }

    /// Adds an argument, and returns its value.
    fn argument(
        &mut self,
        name: &str,
        prefix: &str,
        kind: &Kind,
        is_optional: bool,
    ) -> TokenStream {
        let ident: Ident = self.taken.free(&format!("{prefix}{name}"));
        let krate = self.krate;
        let (kind, value) = match kind {
            Kind::Text if !is_optional => (
                quote!(impl #krate::value::IntoText),
                quote!(#krate::value::IntoText::into_text(#ident)),
            ),
            Kind::Text => (quote!(#krate::Text), quote!(#ident)),
            Kind::Other(path) => (path(krate), quote!(#ident)),
        };
        let kind = if is_optional { quote!(::core::option::Option<#kind>) } else { kind };
        self.parameters.extend(quote!(#ident: #kind,));
        value
    }
}

/// What an argument is.
enum Kind {
    Text,
    Other(Box<dyn Fn(&TokenStream) -> TokenStream>),
}

/// The object of the component of a tag.
fn component(tag: &str) -> Option<&'static Object> {
    let kind = tables::KINDS.iter().find(|kind| DEMANDS.sent.way.ends_with(&[kind.name]))?;
    let names = Names::of_kind(kind);
    let (_, slot) = names.by_name.iter().find(|(by_name, _)| by_name.value == tag)?;
    let Schema::List(list) = names.slots[*slot].field.schema else { return None };
    let Schema::Object(object) = list.items else { return None };
    arm(object, tag)
}

fn arm(object: &'static Object, value: &str) -> Option<&'static Object> {
    Some(object.tag?.arm(value)?.object)
}

/// What fills a parameter of a component: that of a tag, or the only one.
fn kind_of(component: Option<&'static Object>, takes: &str) -> Kind {
    let parameters = component.and_then(|object| object.field(DEMANDS.sent.parameters));
    let Some(Schema::List(list)) = parameters.map(|field| field.schema) else { return Kind::Text };
    let Schema::Object(parameter) = list.items else { return Kind::Text };
    match arm(parameter, takes).and_then(|object| object.field(takes)) {
        Some(field) => settle(field.schema),
        None => settle(list.items),
    }
}

/// What is written in the place of a value.
fn settle(schema: Schema) -> Kind {
    match schema {
        Schema::Integer(_) => Kind::Other(Box::new(|_| quote!(::core::primitive::i64))),
        Schema::Number(_) => Kind::Other(Box::new(|_| quote!(::core::primitive::f64))),
        Schema::Boolean => Kind::Other(Box::new(|_| quote!(::core::primitive::bool))),
        Schema::List(list) if list.max == 1 => settle(list.items),
        Schema::List(list) => match list.items {
            Schema::Object(object) => {
                let name = identifier(object.name);
                Kind::Other(Box::new(move |krate| quote!(::std::vec::Vec<#krate::types::#name>)))
            }
            _ => Kind::Text,
        },
        Schema::Object(object) => {
            let inner = object.natural_name().and_then(|name| field(object, name));
            if let Some(field) = inner {
                return settle(field.schema);
            }
            let name = identifier(object.name);
            Kind::Other(Box::new(move |krate| quote!(#krate::types::#name)))
        }
        _ => Kind::Text,
    }
}

/// A field of an object, of one of the shapes that its tag chooses, or of what the short form leaves out.
fn field(object: &'static Object, name: &str) -> Option<&'static Field> {
    let mut arms = object.tag.into_iter().flat_map(|tag| tag.arms);
    let mut lifted = object.fields.iter().filter_map(Field::lifts);
    let own = object.field(name).or_else(|| lifted.find_map(|inner| field(inner, name)));
    own.or_else(|| arms.find_map(|arm| field(arm.object, name)))
}

//! A function for each template: its variables are the arguments.
//!
//! Of the forms that this could have, a module was chosen that one macro writes. A build script would see new files by
//! itself, and would be a build dependency and a script in every crate that sends a template. A derive over structs of
//! the user would leave the names of the variables to him, and check them, which is what `wa_message!` does already.
//! The functions call `wa_message!`, so that nothing is checked in two ways.
//!
//! Rust knows no names of arguments at a call, so variables that have names are the fields of a struct.

mod arguments;
mod docs;
mod variables;

use std::{collections::HashSet, sync::Arc};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{ItemMod, ext::IdentExt as _, parse::Parser, spanned::Spanned as _};
use wa_message_rules::definition::Definition;

use crate::{
    diagnostic::{Diagnostic, Spot},
    templates::Templates,
};
use arguments::Arguments;

/// Expands `[path of the crate] pub mod name;` to a module with a function for each template and language.
pub(crate) fn expand(input: TokenStream, templates: Option<&Arc<Templates>>) -> TokenStream {
    let (krate, item) = crate::parse::behind_the_crate(input);
    let span = Spot::over(&item);
    let module = |input: syn::parse::ParseStream<'_>| input.parse::<ItemMod>();
    let Ok(item) = module.parse2(item) else {
        let error = Diagnostic::new(span, "a module without a body is expected here")
            .with_help("write `templates! { pub mod templates; }`");
        return error.to_tokens();
    };
    let mut errors = TokenStream::new();
    if let Some((_, items)) = &item.content {
        let spot = Spot::of(items.first().map_or(item.span(), syn::spanned::Spanned::span));
        let error = Diagnostic::new(spot, "the module has no items of its own")
            .with_help("write `templates! { pub mod templates; }`");
        errors.extend(error.to_tokens());
    }
    for hindrance in templates.into_iter().flat_map(|templates| templates.all_hindrances()) {
        errors.extend(Diagnostic::new(Spot::of(item.ident.span()), hindrance).to_tokens());
    }
    let modules = templates.map(|templates| modules(&krate, templates)).unwrap_or_default();
    let tracked = templates.map(|templates| templates.all_tracked()).unwrap_or_default();
    let ItemMod { attrs, vis, ident, .. } = item;
    quote! {
        #(#attrs)*
        #vis mod #ident {
            #tracked
            #errors
            #modules
        }
    }
}

/// A module for each template.
fn modules(krate: &TokenStream, templates: &Arc<Templates>) -> TokenStream {
    let definitions = templates.definitions();
    let mut taken = Taken::default();
    let mut modules = TokenStream::new();
    for name in definitions.names() {
        let (mut functions, mut structs) = (Taken::default(), Taken::default());
        let mut inside = TokenStream::new();
        let mut docs = vec![format!(" The template `{}`.", docs::line(name))];
        for definition in definitions.named(name) {
            let ident = functions.free(&definition.language().to_lowercase());
            match function(krate, &ident, &mut structs, definition, templates) {
                Ok(function) => inside.extend(function),
                Err(because) => docs.extend(docs::without(definition, &because)),
            }
        }
        let module = taken.free(name);
        modules.extend(quote! {
            #(#[doc = #docs])*
            pub mod #module {
                #inside
            }
        });
    }
    modules
}

/// The identifiers that are taken. Several names may come to the same one.
#[derive(Default)]
struct Taken(HashSet<String>);

impl Taken {
    fn free(&mut self, name: &str) -> Ident {
        let mut name = name.to_owned();
        loop {
            let ident = identifier(&name);
            if self.0.insert(ident.to_string()) {
                return ident;
            }
            name.push('_');
        }
    }
}

/// The function of a template in a language, or why no message can be made of it: one that nobody calls must not be
/// in the way of all others.
fn function(
    krate: &TokenStream,
    function: &Ident,
    structs: &mut Taken,
    definition: &Definition,
    templates: &Arc<Templates>,
) -> Result<TokenStream, String> {
    if let Some(format) = definition.layout().header().filter(|header| header.is_unknown()) {
        let says = format.format().map_or("of a format that is not known", |format| format.says);
        return Err(format!("its header is {says}, which is not filled here"));
    }
    let (name, language) = (definition.name(), definition.language());
    let Arguments { variables, parameters, before, fields } = Arguments::of(krate, definition);
    let written = quote! { <template>
        to: #krate::value::IntoAddressee::into_addressee(to),
        name: #name,
        language: #language,
        #fields
    };
    let analysis = crate::analyse_with(quote!([#krate] #written), templates);
    // What is wrong with a file is said of the whole module.
    let is_whole = definition.faults().iter().all(|fault| !fault.hinders());
    if let Some(because) = analysis.diagnostics().first().filter(|_| is_whole) {
        return Err(because.message.clone());
    }
    let docs = docs::of(definition);
    let [structure, generics, variables] =
        variables.finish(krate, definition, structs, &function.unraw().to_string());
    let private = quote!(#krate::__private);
    Ok(quote! {
        #structure
        #(#[doc = #docs])*
        #[allow(clippy::too_many_arguments)]
        pub fn #function #generics (
            to: impl #krate::value::IntoAddressee,
            #variables
            #parameters
        ) -> ::core::result::Result<#krate::Message, #private::InvalidMessage> {
            #before
            #krate::wa_message! { #written }
        }
    })
}

/// A name as an identifier of Rust. Names of templates may begin with a digit, and may be words of the language.
pub(crate) fn identifier(name: &str) -> Ident {
    let letters = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let mut name: String = name.chars().map(letters).collect();
    if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        name.insert(0, '_');
    }
    let parsed = |name: &str| syn::parse_str::<Ident>(name).map(|ident| ident.to_string());
    if let Ok(ident) = parsed(&name) {
        return Ident::new(&ident, Span::call_site());
    }
    // `self`, `super` and `crate` cannot be raw, and of some letters there is no identifier at all.
    let plain = |letter: char| if letter.is_ascii() { letter } else { '_' };
    let raw = syn::parse_str::<Ident>(&format!("r#{name}"));
    raw.unwrap_or_else(|_| {
        let name: String = name.chars().map(plain).collect();
        Ident::new(&format!("{name}_"), Span::call_site())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use wa_message_rules::definition::Definitions;
    use wa_message_spec::templates::DEMANDS;

    use super::*;

    /// The module of definitions, as Rust writes it.
    fn module(definitions: &str) -> String {
        let mut all = Definitions::new(&DEMANDS);
        all.add("t.json", definitions);
        let templates = Arc::new(Templates::of(all));
        let tokens = expand(quote!([::wa_message] pub mod all;), Some(&templates));
        syn::parse2::<ItemMod>(tokens.clone()).unwrap();
        tokens.to_string()
    }

    fn body(name: &str, more: &str, text: &str) -> String {
        format!(
            r#"{{"name":"{name}","language":"en_US"{more},"components":[{{"type":"BODY","text":"{text}"}}]}}"#
        )
    }

    /// An account has templates that were rejected, and their functions are not in the way of the others.
    #[test]
    fn what_cannot_be_sent_has_no_function() {
        let rejected = body("no", r#","status":"REJECTED""#, "Hi {{1}}.");
        let film =
            r#"{"name":"film","language":"en_US","components":[{"type":"HEADER","format":"GIF"}]}"#;
        let all = [rejected.as_str(), film, &body("a-b", "", "Hi."), &body("yes", "", "Hi.")];
        let module = module(&format!("[{}]", all.join(",")));
        assert_eq!(module.matches("pub fn").count(), 1, "{module}");
        assert!(!module.contains("compile_error"), "{module}");
        assert!(module.contains("has no function: `no` (en_US) was rejected"), "{module}");
        assert!(module.contains("has no function: its header is a GIF"), "{module}");
    }

    #[test]
    fn every_name_has_an_identifier_of_its_own() {
        let names = ["fn", "self", "1", "_1", "²", "a²", "ⓐ", "_", "é"];
        let idents = names.map(|name| identifier(name).to_string());
        assert_eq!(idents, ["r#fn", "self_", "_1", "_1", "___", "a__", "__", "__", "é"]);
        let mut taken = Taken::default();
        assert_eq!(["1", "_1"].map(|name| taken.free(name).to_string()), ["_1", "_1_"]);
        // Two templates, and variables whose names are no identifiers.
        let named = r#","parameter_format":"NAMED""#;
        let odd = body("1", named, "Hi {{self}} {{_}} {{1a}} {{_1a}} {{fn}} {{to}}.");
        let module = module(&format!("[{odd},{}]", body("_1", "", "Hi.")));
        assert_eq!(module.matches("pub fn").count(), 2, "{module}");
        assert!(module.contains("mod _1 {") && module.contains("mod _1_ {"), "{module}");
        let fields = "self_ : Self_ __ : __ _1a : _1a _1a_ : _1a_ r#fn : Fn to : To";
        assert_eq!(fields_of(&module), fields, "{module}");
    }

    /// The fields of the only struct of a module, with their types.
    fn fields_of(module: &str) -> String {
        let module = syn::parse_str::<ItemMod>(module).unwrap();
        let structs = |item: syn::Item| match item {
            syn::Item::Struct(item) => Some(item),
            _ => None,
        };
        let inside = |item: syn::Item| match item {
            syn::Item::Mod(item) => item.content.unwrap_or_default().1,
            _ => Vec::new(),
        };
        let items = module.content.unwrap().1.into_iter().flat_map(inside);
        let found: Vec<_> = items.filter_map(structs).collect();
        let [only] = found.as_slice() else { return String::new() };
        let fields = only.fields.iter().map(|field| {
            let (name, kind) = (&field.ident, &field.ty);
            quote!(#name: #kind).to_string()
        });
        fields.collect::<Vec<_>>().join(" ")
    }

    /// Rust has no names of arguments, so those of variables are fields. What is no variable stays an argument.
    #[test]
    fn variables_with_names_are_fields() {
        let components = r#"[{"type":"HEADER","format":"TEXT","text":"For {{name}}"},
            {"type":"BODY","text":"Hi {{name}}, until {{en_us}} {{hour}}."},
            {"type":"BUTTONS","buttons":[{"type":"URL","text":"Go","url":"https://example.org/{{1}}"}]}]"#;
        let named = format!(
            r#"{{"name":"wait","language":"en_US","parameter_format":"NAMED","components":{components}}}"#
        );
        let module = module(&named);
        // Header and body each have a `name`, with a value of its own.
        let fields = "name : Name name_ : Name_ en_us : EnUs_ hour : Hour";
        assert_eq!(fields_of(&module), fields, "{module}");
        assert!(module.contains("` in the header.\"] pub name :"), "{module}");
        assert!(module.contains("` in the body.\"] pub name_ :"), "{module}");
        let declared = "pub fn en_us < Name : :: wa_message :: value :: IntoText , Name_ :";
        assert!(module.contains(declared), "{module}");
        let arguments = ", variables : EnUs < Name , Name_ , EnUs_ , Hour > , \
                         url : impl :: wa_message :: value :: IntoText ,)";
        assert!(module.contains(arguments), "{module}");
        let documented = "The variables of `wait` (en_US).";
        assert!(module.contains(documented) && module.contains("Hi {{name}}, until"), "{module}");
    }

    /// Each card has variables of its own, which no other field says.
    #[test]
    fn variables_of_cards_are_fields_too() {
        let card = |text: &str| {
            format!(
                r#"{{"components":[{{"type":"HEADER","format":"IMAGE"}},{{"type":"BODY","text":"{text}"}}]}}"#
            )
        };
        let cards = [card("Baked {{day}}."), card("Baked {{day}} too.")].join(",");
        let shelf = format!(
            r#"{{"name":"shelf","language":"de","parameter_format":"NAMED","components":[
                {{"type":"BODY","text":"Hi {{{{guest}}}}."}},{{"type":"CAROUSEL","cards":[{cards}]}}]}}"#
        );
        let module = module(&shelf);
        let fields = "guest : Guest card_0_day : Card0Day card_1_day : Card1Day";
        assert_eq!(fields_of(&module), fields, "{module}");
        assert!(module.contains("in the body of card 1."), "{module}");
        assert!(
            module.contains("card_0_image : :: wa_message :: types :: ParameterImage ,"),
            "{module}"
        );
    }

    /// What is written as a number in a message is a number here.
    #[test]
    fn the_end_of_an_offer_is_a_number() {
        let sale = r#"{"name":"sale","language":"de","components":[{"type":"BODY","text":"Hi."},
            {"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Ends","has_expiration":true}}]}"#;
        let module = module(sale);
        let number = "limited_time_offer : :: core :: primitive :: i64";
        assert!(module.contains(number), "{module}");
    }

    #[test]
    fn without_names_there_is_no_struct() {
        let numbered = body("ready", "", "Hi {{1}}, order {{2}}.");
        let plain = body("plain", r#","parameter_format":"NAMED""#, "Hi.");
        let module = module(&format!("[{numbered},{plain}]"));
        assert_eq!(module.matches("pub fn").count(), 2, "{module}");
        assert!(!module.contains("pub struct"), "{module}");
        assert!(module.contains("body_1 : impl :: wa_message"), "{module}");
    }
}

//! The JSON of a document, as far as it is known: pieces of text with values between them.
//!
//! It is what serde makes of the generated types, whose members stand in the order of their names.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use wa_message_rules::{
    names::Constant,
    table::{Field, Object, Schema, Tag},
};

use super::{Expander, field::Private, proof::TextRule};
use crate::tree::{Content, Item, Tree};

/// JSON that is being written.
#[derive(Default)]
struct Written {
    /// The pieces before each of the values.
    known: Vec<String>,
    values: Vec<Given>,
    /// What each of the values was written as.
    trees: Vec<*const Tree>,
    /// The piece behind the last value.
    last: String,
}

/// A value between pieces of JSON.
enum Given {
    Text(Ident),
    /// The expression of a `Hole`.
    Hole(TokenStream),
}

impl Given {
    fn text(&self) -> Option<&Ident> {
        match self {
            Self::Text(name) => Some(name),
            Self::Hole(_) => None,
        }
    }
}

impl ToTokens for Given {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let private = Private;
        match self {
            Self::Text(name) => quote!(#private::TextHole(&#name)).to_tokens(tokens),
            Self::Hole(hole) => hole.to_tokens(tokens),
        }
    }
}

/// A member of an object in JSON.
struct Member<'t> {
    name: &'static str,
    value: Value<'t>,
}

enum Value<'t> {
    /// What the description gives.
    Fixed(Constant),
    /// What was written.
    Tree(Schema, &'t Tree),
    /// An `Option` that the program evaluates.
    Optional(Ident),
}

/// The place of a member in the generated struct.
enum Slot {
    Field(&'static Field, &'static Object),
    Tag(&'static str, &'static str),
    Arm(&'static Tag),
}

impl Expander {
    /// A message of which only texts are open: its JSON is all that is made.
    pub(super) fn written(
        &mut self,
        root: &'static Object,
        tree: &Tree,
        rules: &[TextRule],
        wrapper: &TokenStream,
    ) -> Option<TokenStream> {
        let pieces = self.open_texts(root, tree, rules).and_then(|checks| {
            let pieces = self.pieces_of(root, tree)?;
            let checks = checks.iter().map(|check| check.expression(&pieces.trees));
            Some((checks.collect::<Option<Vec<_>>>()?, pieces))
        });
        let Some((checks, Written { known, values, .. })) = pieces else {
            // Free JSON is not written here. The texts are evaluated for the object.
            self.hoisted.clear();
            self.names_of.clear();
            return None;
        };
        let hoisted = self.take_hoisted();
        let only_texts: Option<Vec<_>> = values.iter().map(Given::text).collect();
        let (function, values) = match only_texts {
            Some(texts) => (quote!(__written), quote!(#(&#texts),*)),
            None => (quote!(__written_around), quote!(#(#values),*)),
        };
        Some(quote! {
            #hoisted
            #wrapper::#function(&[#(#known),*], &[#values], &[#(#checks),*])
        })
    }

    /// The JSON of a document, as an expression that borrows the values that were hoisted.
    pub(super) fn json_of(&self, root: &'static Object, tree: &Tree) -> TokenStream {
        let private = Private;
        let pieces = self.pieces_of(root, tree).map(|Written { known, values, .. }| {
            quote!(#private::Json::of(&[#(#known),*], &[#(#values),*]))
        });
        pieces.unwrap_or_else(|| quote!(#private::Json::unknown()))
    }

    /// The JSON of a document of literals, if each of them is written in one way only.
    pub(super) fn known_json(&self, root: &'static Object, tree: &Tree) -> TokenStream {
        let private = Private;
        match self.pieces_of(root, tree) {
            Some(Written { known, values, .. }) if values.is_empty() => {
                quote!(#private::Some(#(#known),*))
            }
            _ => quote!(#private::None),
        }
    }

    /// The pieces of JSON that are known, and the values between each two of them.
    fn pieces_of(&self, root: &'static Object, tree: &Tree) -> Option<Written> {
        let mut written = Written::default();
        self.write(Schema::Object(root), tree, &mut written)?;
        written.known.push(std::mem::take(&mut written.last));
        Some(written)
    }

    fn write(&self, schema: Schema, tree: &Tree, out: &mut Written) -> Option<()> {
        let private = Private;
        if let Some(name) = self.hoisted_name(tree) {
            if matches!(schema, Schema::Text(text) if text.values.is_none()) {
                out.raw("\"");
                out.value(tree, Given::Text(name.clone()));
                out.raw("\"");
            } else {
                out.value(tree, Given::Hole(quote!(#private::Hole::Value(&#name))));
            }
            return Some(());
        }
        match (&tree.content, schema) {
            (Content::Text(value), Schema::Text(text)) => {
                let values = text.values;
                out.text(values.and_then(|values| values.canonical(value)).unwrap_or(value));
            }
            (Content::Integer(value), Schema::Text(_)) => out.text(&value.to_string()),
            (Content::Text(value), Schema::Number(_)) => out.number(tree, value.parse().ok()?),
            #[allow(clippy::cast_precision_loss)] // JSON numbers are doubles to most readers.
            (Content::Integer(value), Schema::Number(_)) => out.number(tree, *value as f64),
            (Content::Number(value), Schema::Number(_)) => out.number(tree, *value),
            (Content::Integer(value), Schema::Integer(_)) => out.raw(&value.to_string()),
            #[allow(clippy::cast_possible_truncation)] // The rules let only whole numbers through.
            (Content::Number(value), Schema::Integer(_)) => out.raw(&(*value as i64).to_string()),
            (Content::Boolean(value), Schema::Boolean) => out.raw(&value.to_string()),
            (Content::List(items), Schema::List(list)) => {
                out.raw("[");
                for (at, item) in items.iter().enumerate() {
                    let Item::One(tree) = item else { return None };
                    out.raw(if at == 0 { "" } else { "," });
                    self.write(list.items, tree, out)?;
                }
                out.raw("]");
            }
            (Content::Object(_), Schema::Object(object)) => self.write_object(object, tree, out)?,
            _ => return None,
        }
        Some(())
    }

    fn write_object(&self, object: &'static Object, tree: &Tree, out: &mut Written) -> Option<()> {
        let (private, mut members) = (Private, Vec::new());
        self.members(object, tree, &mut members)?;
        let is_sure = |member: &Member<'_>| !matches!(member.value, Value::Optional(_));
        // Where the commas go depends on a member that is there in any case.
        let sure = members.iter().position(is_sure);
        if sure.is_none() && !members.is_empty() {
            return None;
        }
        out.raw("{");
        for (at, Member { name, value }) in members.iter().enumerate() {
            let (before, after) = if Some(at) < sure { ("", ",") } else { (",", "") };
            if let Value::Optional(value) = value {
                let mut before = before.to_owned();
                quote_into(&mut before, name);
                before.push(':');
                out.value(
                    tree,
                    Given::Hole(quote!(#private::Hole::Member(#before, &#value, #after))),
                );
                continue;
            }
            out.raw(if Some(at) == sure { "" } else { "," });
            out.text(name);
            out.raw(":");
            match value {
                Value::Fixed(Constant::Text(value)) => out.text(value),
                Value::Fixed(Constant::Integer(value)) => out.raw(&value.to_string()),
                Value::Tree(schema, tree) => self.write(*schema, tree, out)?,
                Value::Optional(_) => {}
            }
        }
        out.raw("}");
        Some(())
    }

    /// The members of an object in the order of the generated types.
    fn members<'t>(
        &self,
        object: &'static Object,
        tree: &'t Tree,
        members: &mut Vec<Member<'t>>,
    ) -> Option<()> {
        let fields = |object: &'static Object| {
            object.fields.iter().map(move |field| Slot::Field(field, object))
        };
        let mut slots: Vec<Slot> = fields(object).collect();
        match object.tag {
            None => {}
            // A union of one arm is a struct with the tag among its members.
            Some(tag) if tag.rust.is_empty() => {
                let arm = tree.arm(tag)?;
                slots.push(Slot::Tag(tag.name, arm.value));
                slots.extend(fields(arm.object));
            }
            Some(tag) => slots.push(Slot::Arm(tag)),
        }
        slots.sort_by_key(|slot| match slot {
            Slot::Field(field, _) => field.name,
            Slot::Tag(name, _) => name,
            Slot::Arm(tag) => tag.flattened.unwrap_or_default(),
        });
        for slot in slots {
            match slot {
                Slot::Field(field, object) => self.member(object, field, tree, members),
                Slot::Tag(name, value) => {
                    members.push(Member { name, value: Value::Fixed(Constant::Text(value)) });
                }
                Slot::Arm(tag) => {
                    let arm = tree.arm(tag)?;
                    let value = Value::Fixed(Constant::Text(arm.value));
                    members.push(Member { name: tag.name, value });
                    self.members(arm.object, tree, members)?;
                }
            }
        }
        Some(())
    }

    fn member<'t>(
        &self,
        object: &'static Object,
        field: &'static Field,
        tree: &'t Tree,
        members: &mut Vec<Member<'t>>,
    ) {
        let name = field.name;
        if let Some(value) = field.constant().filter(|_| field.required) {
            members.push(Member { name, value: Value::Fixed(value) });
            return;
        }
        let Some(value) = tree.member(name).filter(|value| !value.is_null()) else { return };
        let is_option =
            matches!(value.content, Content::Expression(_)) && !tree.needs(object, field);
        let value = match self.hoisted_name(value) {
            Some(option) if is_option => Value::Optional(option.clone()),
            _ => Value::Tree(field.schema, value),
        };
        members.push(Member { name, value });
    }
}

impl Written {
    fn raw(&mut self, text: &str) {
        self.last.push_str(text);
    }

    fn text(&mut self, text: &str) {
        quote_into(&mut self.last, text);
    }

    fn value(&mut self, tree: &Tree, value: Given) {
        self.trees.push(tree);
        self.known.push(std::mem::take(&mut self.last));
        self.values.push(value);
    }

    /// A number, which is left to the program, because there are several ways to write one.
    fn number(&mut self, tree: &Tree, value: f64) {
        let (private, value) = (Private, Literal::f64_suffixed(value).into_token_stream());
        self.value(tree, Given::Hole(quote!(#private::Hole::Value(&#value))));
    }
}

/// Appends a text as JSON, in the same bytes as serde writes.
fn quote_into(out: &mut String, text: &str) {
    // A user's build does not optimise this code, and the library's own `Debug` is optimised: what it
    // leaves as it is needs no look at each byte here.
    let debug = format!("{text:?}");
    if debug.len() == text.len() + 2 {
        out.push_str(&debug);
        return;
    }
    out.push('"');
    let mut plain = 0;
    // What has to be escaped is a byte of its own in UTF-8.
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| is_escaped(*byte)) {
        out.push_str(&text[plain..at]);
        plain = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x8 => out.push_str("\\b"),
            0xC => out.push_str("\\f"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ => out.extend(format!("\\u{byte:04x}").chars()),
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..b' ')
}

//! A reader of the canonical form, straight into the types.
//!
//! A value begins blank and is filled, member by member. What is emitted says only which member goes
//! where: it is compiled for every type, and the work is done by code that knows none.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{builders::one_arm, names::ident};
use crate::{
    error::{Error, Result},
    lower::Shape,
    model::{Arm, ArmObject, Constant, Description, Field, Object, Schema, Union},
    types::Types,
};

pub(super) fn emit(description: &Description, types: &Types) -> Result<TokenStream> {
    let emitter = Emitter { description, types };
    let mut items = Vec::new();
    for schema in &description.schemas {
        match schema {
            Schema::Object(object) if !object.answer => items.push(emitter.object(object)?),
            _ => {}
        }
    }
    Ok(quote! {
        use super::wire::*;
        use crate::strict::{set, Blank, Constant, Fill, Node};
        #(#items)*
    })
}

struct Emitter<'d> {
    description: &'d Description,
    types: &'d Types,
}

/// The members of a struct or a variant.
#[derive(Default)]
struct Members {
    json: Vec<String>,
    /// Where each is read to, without `self` before it.
    places: Vec<Place>,
    /// A bit for each that has to be there.
    required: u64,
}

/// Where a member is read to.
enum Place {
    /// A member of the type.
    Member(Ident),
    /// No member of the type, because it is always the same.
    Constant(TokenStream),
}

impl Members {
    fn add(&mut self, json: &str, place: Place, is_required: bool) -> Result<()> {
        let bit = u32::try_from(self.json.len()).ok().and_then(|at| 1_u64.checked_shl(at));
        let bit = bit.ok_or_else(|| {
            refused(format!("`{json}` is the 65th member of its object, and 64 are the most"))
        })?;
        if is_required {
            self.required |= bit;
        }
        self.json.push(json.to_owned());
        self.places.push(place);
        Ok(())
    }

    /// Reads them by this method of a node, into these places. They are references to references, because
    /// a table of methods has to know how a value is dropped, and there is nothing to know of those.
    fn fill(
        &self,
        method: &TokenStream,
        node: &TokenStream,
        member: impl Fn(&Ident) -> TokenStream,
    ) -> TokenStream {
        let (json, required) = (&self.json, binary(self.required));
        let places = self.places.iter().map(|place| match place {
            Place::Member(rust) => {
                let member = member(rust);
                quote!(&mut &mut #member)
            }
            Place::Constant(value) => quote!(&mut #value),
        });
        quote!(#node.#method(&[#(#json),*], &mut [#(#places),*], #required))
    }

    fn fill_self(&self, method: &TokenStream) -> TokenStream {
        self.fill(method, &quote!(node), |rust| quote!(self.#rust))
    }

    /// The names of the members of the type.
    fn rust(&self) -> impl Iterator<Item = &Ident> {
        self.places.iter().filter_map(|place| match place {
            Place::Member(rust) => Some(rust),
            Place::Constant(_) => None,
        })
    }

    fn blank(&self) -> TokenStream {
        let rust = self.rust();
        quote!(#(#rust: Blank::blank(),)*)
    }
}

impl Emitter<'_> {
    fn object(&self, object: &Object) -> Result<TokenStream> {
        match (object.shape(), &object.union) {
            (Shape::Enum, Some(union)) => self.union(object, union),
            (Shape::Composed, Some(union)) => self.composed(object, union),
            (Shape::OneArm, Some(union)) => {
                let mut members = self.members(&object.name, one_arm(object))?;
                let tag = union.arms[0].value.as_str();
                members.add(&union.tag, constant(Constant::Text(tag)), true)?;
                Ok(structure(&object.name, &members))
            }
            _ => Ok(structure(&object.name, &self.members(&object.name, &object.fields)?)),
        }
    }

    /// The members of a struct.
    fn members(&self, name: &str, fields: &[Field]) -> Result<Members> {
        let mut members = Members::default();
        for field in fields {
            let place = match self.description.constant(field) {
                Some(value) => constant(value),
                None => Place::Member(ident(self.types.member(name, &field.name)?)),
            };
            members.add(&field.name, place, field.required)?;
        }
        Ok(members)
    }

    /// A struct with a union: each reads its members, and the union refuses what belongs to neither.
    fn composed(&self, object: &Object, union: &Union) -> Result<TokenStream> {
        let members = self.members(&object.name, &object.fields)?;
        let (name, json, blank) = (ident(&object.name), &members.json, members.blank());
        let fill = members.fill_self(&quote!(some_members));
        let content = self.union(object, union)?;
        Ok(quote! {
            impl Blank for #name {
                fn blank() -> Self {
                    Self { #blank content: Blank::blank() }
                }
            }

            impl Fill for #name {
                #[inline(never)]
                fn fill(&mut self, node: &Node<'_>) -> bool {
                    #fill && self.content.fill(&node.beside(&[#(#json),*]))
                }
            }

            #content
        })
    }

    fn union(&self, object: &Object, union: &Union) -> Result<TokenStream> {
        let (name, tag) = (ident(object.enum_name()), &union.tag);
        let mut blank = None;
        let mut arms = Vec::new();
        for (at, arm) in union.arms.iter().enumerate() {
            let value = &arm.value;
            let Some((made, read)) = self.arm(object, union, arm)? else { continue };
            let default = (union.default == Some(at)).then(|| quote!(None |));
            arms.push(quote!(Ok(#default Some(#value)) => { set(self, #made); #read }));
            blank.get_or_insert(made);
        }
        let allow = (arms.len() == 1).then(|| quote!(#[allow(irrefutable_let_patterns)]));
        Ok(quote! {
            impl Blank for #name {
                fn blank() -> Self {
                    #blank
                }
            }

            impl Fill for #name {
                #allow
                #[inline(never)]
                fn fill(&mut self, node: &Node<'_>) -> bool {
                    match node.tag(#tag) {
                        #(#arms)*
                        _ => false,
                    }
                }
            }
        })
    }

    /// The blank value of an arm, and how it is filled.
    fn arm(
        &self,
        object: &Object,
        union: &Union,
        arm: &Arm,
    ) -> Result<Option<(TokenStream, TokenStream)>> {
        let Some(inner) = self.description.arm_object(arm) else { return Ok(None) };
        let tag = &union.tag;
        let variant = ident(self.types.variant(object.enum_name(), &arm.value)?);
        let beside = quote!(node.beside(&[#tag]));
        if let ArmObject::Named(_) = arm.object {
            return Ok(Some((
                quote!(Self::#variant(Blank::blank())),
                quote!(let Self::#variant(arm) = self else { return false }; arm.fill(&#beside)),
            )));
        }
        if inner.union.is_some() {
            let value = &arm.value;
            return Err(refused(format!("the arm `{value}` has arms and needs a name of its own")));
        }
        let known = self.types.variant_members(object.enum_name(), &arm.value)?;
        let mut members = Members::default();
        for field in &inner.fields {
            let found = known.iter().find(|(json, _)| *json == field.name);
            let place = match (self.description.constant(field), found) {
                (Some(value), _) => constant(value),
                (None, Some((_, rust))) => Place::Member(ident(rust)),
                (None, None) => return Err(refused(format!("no place for `{}`", field.name))),
            };
            members.add(&field.name, place, field.required)?;
        }
        let (rust, blank) = (members.rust(), members.blank());
        let fill = members.fill(&quote!(members), &beside, |rust| quote!(*#rust));
        Ok(Some((
            quote!(Self::#variant { #blank }),
            quote!(let Self::#variant { #(#rust),* } = self else { return false }; #fill),
        )))
    }
}

/// A place for a member that is always the same.
fn constant(value: Constant<'_>) -> Place {
    Place::Constant(match value {
        Constant::Text(value) => quote!(Constant::Text(#value)),
        Constant::Number(value) => quote!(Constant::Number(#value)),
    })
}

fn structure(name: &str, members: &Members) -> TokenStream {
    let (name, blank) = (ident(name), members.blank());
    let fill = members.fill_self(&quote!(members));
    quote! {
        impl Blank for #name {
            fn blank() -> Self {
                Self { #blank }
            }
        }

        impl Fill for #name {
            #[inline(never)]
            fn fill(&mut self, node: &Node<'_>) -> bool {
                #fill
            }
        }
    }
}

/// A number of which each bit says something.
fn binary(bits: u64) -> Literal {
    let literal = format!("{bits:#b}").parse();
    literal.unwrap_or_else(|_| Literal::u64_unsuffixed(bits))
}

fn refused(message: String) -> Error {
    Error::Tool { tool: "the emitter", message }
}

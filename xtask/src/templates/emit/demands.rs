//! The demands of a definition on a message, as a table.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::templates::model::{
    Button, Component, Demands, Format, Mark, Named, Need, Role, Sendable, Status,
};

/// Names that are ways through members.
const WAYS: [&str; 2] = ["way", "language"];
const MORE: &str = "more";

pub(super) fn emit(demands: &Demands) -> TokenStream {
    let sent = demands.sent.names.iter().map(|(keyword, name)| {
        let field = format_ident!("{}", keyword.replace('-', "_"));
        if WAYS.contains(keyword) {
            let way = demands.sent.way(keyword);
            quote!(#field: &[#(#way),*])
        } else {
            quote!(#field: #name)
        }
    });
    let (member, is) = &demands.no_codes_to;
    let (needed, otherwise) = (&demands.codes_need.0, &demands.codes_need.1);
    let codes_most = Literal::usize_unsuffixed(demands.codes_most);
    let members = members(&demands.members);
    let components = demands.components.iter().map(component);
    let formats = demands.formats.iter().map(format);
    let buttons = demands.buttons.iter().map(button);
    let marks = demands.marks.iter().map(mark);
    let beside = demands.beside.iter().map(|row| {
        let (sent_as, button) = (&row.sent_as, &row.button);
        quote!(Beside { sent_as: #sent_as, button: #button })
    });
    let statuses = demands.statuses.iter().map(status);
    quote! {
        //! The demands of the definition of a template on a message that is made from it.

        use wa_message_rules::definition::table::{
            Beside, ButtonKind, ComponentKind, Demands, Format, Mark, Members, Need, Role, Sendable, Sent, Status,
        };

        /// What the definition of a template demands of a message that is made from it.
        pub static DEMANDS: Demands = Demands {
            sent: Sent {
                #(#sent,)*
                no_codes_to: (#member, #is),
                codes_need: (#needed, #otherwise),
                codes_most: #codes_most,
            },
            members: #members,
            components: &[#(#components),*],
            formats: &[#(#formats),*],
            buttons: &[#(#buttons),*],
            marks: &[#(#marks),*],
            beside: &[#(#beside),*],
            statuses: &[#(#statuses),*],
        };
    }
}

fn members(named: &Named) -> TokenStream {
    let fields = named.names.iter().filter(|(keyword, _)| *keyword != "named");
    let fields = fields.map(|(keyword, name)| {
        let field = format_ident!("{}", keyword.replace('-', "_"));
        if *keyword == MORE {
            let way = named.way(keyword);
            quote!(#field: &[#(#way),*])
        } else if *keyword == "parameter-format" {
            let by_name = named.get("named");
            quote!(#field: (#name, #by_name))
        } else {
            quote!(#field: #name)
        }
    });
    quote!(Members { #(#fields),* })
}

fn component(row: &Component) -> TokenStream {
    let Component { name, sent_as, needed_with, says, write, .. } = row;
    let role = match row.role {
        Role::Header => quote!(Header),
        Role::Body => quote!(Body),
        Role::Buttons => quote!(Buttons),
        Role::Cards => quote!(Cards),
        Role::Part => quote!(Part),
        Role::Fixed => quote!(Fixed),
    };
    let (most, in_card) = (count(row.most.0), count(row.most.1));
    quote!(ComponentKind {
        name: #name,
        role: Role::#role,
        sent_as: #sent_as,
        needed_with: &[#(#needed_with),*],
        most: #most,
        most_in_card: #in_card,
        says: #says,
        write: #write,
    })
}

fn format(row: &Format) -> TokenStream {
    let Format { name, takes, any_number, is_known, says, .. } = row;
    let (by_variable, most) = (row.need == Need::WithVariable, count(row.most));
    quote!(Format {
        name: #name,
        takes: #takes,
        by_variable: #by_variable,
        any_number: #any_number,
        is_known: #is_known,
        most: #most,
        says: #says,
    })
}

fn button(row: &Button) -> TokenStream {
    let Button { name, sent_as, variable_in, says, write, is_code, .. } = row;
    let need = match row.need {
        Need::Required => quote!(Always),
        Need::WithVariable => quote!(ByVariable),
        Need::Optional => quote!(Optional),
        Need::Never => quote!(Never),
    };
    let most = count(row.most);
    let useful_with = match &row.useful_with {
        None => quote!(None),
        Some((way, member, value)) => quote!(Some((&[#(#way),*], #member, #value))),
    };
    quote!(ButtonKind {
        name: #name,
        sent_as: #sent_as,
        need: Need::#need,
        variable_in: #variable_in,
        most: #most,
        says: #says,
        write: #write,
        useful_with: #useful_with,
        is_code: #is_code,
    })
}

fn mark(row: &Mark) -> TokenStream {
    let Mark { member, values, sent_as, says, write, .. } = row;
    quote!(Mark {
        member: #member,
        values: &[#(#values),*],
        sent_as: #sent_as,
        says: #says,
        write: #write,
    })
}

fn status(row: &Status) -> TokenStream {
    let Status { name, says, .. } = row;
    let sendable = match row.sendable {
        Sendable::Always => quote!(Yes),
        Sendable::NotNow => quote!(NotNow),
        Sendable::Never => quote!(No),
    };
    let code = match row.code.map(Literal::i64_unsuffixed) {
        None => quote!(None),
        Some(code) => quote!(Some(#code)),
    };
    quote!(Status { name: #name, sendable: Sendable::#sendable, code: #code, says: #says })
}

fn count(count: Option<usize>) -> TokenStream {
    match count.map(Literal::usize_unsuffixed) {
        None => quote!(None),
        Some(count) => quote!(Some(#count)),
    }
}

//! The codes of errors as an enum that stays open.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::model::{CodeRange, Description, ErrorClass, ErrorCode, RetryAdvice, ThrottleScope};

pub(super) fn emit(description: &Description) -> TokenStream {
    let classes = classes(&description.codes.classes);
    let codes = codes(&description.codes.codes);
    quote! {
        use ::core::time::Duration;
        use crate::code::{RetryAdvice, Known, ThrottleScope};
        #classes
        #codes
    }
}

fn classes(classes: &[ErrorClass]) -> TokenStream {
    let names: Vec<_> = classes.iter().map(|class| &class.name).collect();
    let variants: Vec<_> = classes.iter().map(|class| format_ident!("{}", class.variant)).collect();
    let docs = classes.iter().map(|class| &class.description);
    quote! {
        /// What an error is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorClass {
            #(#[doc = #docs] #variants,)*
            /// This version does not know it.
            Unknown,
        }

        impl ErrorClass {
            /// The name of the class, for logs and counters: `throttling`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #names,)*
                    Self::Unknown => "unknown",
                }
            }
        }
    }
}

fn codes(codes: &[ErrorCode]) -> TokenStream {
    let docs = codes.iter().map(doc);
    let variants = codes.iter().map(|code| {
        let name = variant(code);
        if code.only_code().is_some() { quote!(#name) } else { quote!(#name(i64)) }
    });
    let all = codes.iter().map(|code| {
        let name = variant(code);
        let first = code.codes.first().map(|range| range.first);
        if code.only_code().is_some() { quote!(Self::#name) } else { quote!(Self::#name(#first)) }
    });
    let from = codes.iter().map(|code| {
        let name = variant(code);
        let pattern = code.codes.iter().map(range);
        let value = if code.only_code().is_some() { quote!() } else { quote!((code)) };
        quote!(#(#pattern)|* => Self::#name #value)
    });
    let numbers = codes.iter().map(|code| {
        let name = variant(code);
        code.only_code()
            .map_or_else(|| quote!(Self::#name(code) => code), |only| quote!(Self::#name => #only))
    });
    let known = codes.iter().map(|code| {
        let name = variant(code);
        let value = if code.only_code().is_some() { quote!() } else { quote!((_)) };
        let known = known(code);
        quote!(Self::#name #value => const { &#known })
    });
    quote! {
        /// What the API refuses with, by the code of the error.
        ///
        /// It comes from the number by [`From`]. A code that this version does not know is kept.
        ///
        /// ```
        /// use wa_message::{RetryAdvice, ErrorCode};
        ///
        /// assert_eq!(ErrorCode::from(131056), ErrorCode::PairRateLimit);
        /// assert_eq!(ErrorCode::from(190).advice(), RetryAdvice::AfterAction);
        /// assert_eq!(ErrorCode::from(7).code(), 7);
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            #(#[doc = #docs] #variants,)*
            /// A code that this version does not know.
            Unknown(i64),
        }

        impl ErrorCode {
            /// All that are known, in the order of the description. Of those with several codes, it has
            /// the first one.
            pub const ALL: &[Self] = &[#(#all),*];

            /// The code.
            #[must_use]
            pub const fn code(self) -> i64 {
                match self {
                    #(#numbers,)*
                    Self::Unknown(code) => code,
                }
            }

            pub(crate) const fn known(self) -> &'static Known {
                match self {
                    #(#known,)*
                    Self::Unknown(_) => &Known::NOTHING,
                }
            }
        }

        impl From<i64> for ErrorCode {
            fn from(code: i64) -> Self {
                match code {
                    #(#from,)*
                    _ => Self::Unknown(code),
                }
            }
        }
    }
}

fn variant(code: &ErrorCode) -> Ident {
    format_ident!("{}", code.name)
}

fn doc(code: &ErrorCode) -> String {
    let ranges = code.codes.iter().map(CodeRange::to_string).collect::<Vec<_>>().join(", ");
    format!("{ranges}: {}.", code.title)
}

fn range(range: &CodeRange) -> TokenStream {
    let CodeRange { first, last } = range;
    if first == last { quote!(#first) } else { quote!(#first..=#last) }
}

fn known(code: &ErrorCode) -> TokenStream {
    let title = &code.title;
    let class = format_ident!("{}", code.class);
    let status = option(code.status);
    let advice = match code.advice {
        RetryAdvice::Never => quote!(RetryAdvice::Never),
        RetryAdvice::Now => quote!(RetryAdvice::Now),
        RetryAdvice::AfterAction => quote!(RetryAdvice::AfterAction),
        RetryAdvice::Wait(pause) => {
            let seconds = pause.as_secs();
            quote!(RetryAdvice::Wait(Duration::from_secs(#seconds)))
        }
    };
    let throttles = option(code.throttles.map(|scope| match scope {
        ThrottleScope::App => quote!(ThrottleScope::App),
        ThrottleScope::Account => quote!(ThrottleScope::Account),
        ThrottleScope::Number => quote!(ThrottleScope::Number),
        ThrottleScope::Recipient => quote!(ThrottleScope::Recipient),
    }));
    let action = option(code.action.as_ref());
    quote! {
        Known {
            title: #title,
            class: ErrorClass::#class,
            status: #status,
            advice: #advice,
            throttles: #throttles,
            action: #action,
        }
    }
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

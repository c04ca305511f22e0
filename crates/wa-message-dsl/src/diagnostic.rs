//! Errors at tokens.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use wa_message_rules::{Problem, Wording};

/// How many errors of an invocation the compiler is given. It takes long to print thousands in one line.
const SHOWN_AT_MOST: usize = 100;

/// Where something stands: from the first token to the last.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// The first token.
    pub start: Span,
    /// The last token.
    pub end: Span,
}

impl Spot {
    pub(crate) fn of(span: Span) -> Self {
        Self { start: span, end: span }
    }

    /// From the first token to the last.
    pub(crate) fn over(tokens: &TokenStream) -> Self {
        let mut spans = tokens.clone().into_iter().map(|token: TokenTree| token.span());
        let start = spans.next().unwrap_or_else(Span::call_site);
        Self { start, end: spans.last().unwrap_or(start) }
    }
}

/// An error at a place of an invocation.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Where.
    pub spot: Spot,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What it is about, where that stands elsewhere: the words of a template.
    pub note: Option<String>,
    /// What may help.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(spot: Spot, message: impl Into<String>) -> Self {
        Self { spot, message: message.into(), note: None, help: None }
    }

    pub(crate) fn of(spot: Spot, problem: &Problem) -> Self {
        Self { help: problem.help(), note: problem.note(), ..Self::new(spot, problem.to_string()) }
    }

    /// The same in the words of what was written.
    pub(crate) fn worded(spot: Spot, problem: &Problem, wording: &dyn Wording) -> Self {
        let message = problem.worded(wording).to_string();
        Self { help: problem.help(), note: problem.note(), ..Self::new(spot, message) }
    }

    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The text as the compiler prints it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.message.clone();
        let notes = [("note", &self.note), ("help", &self.help)];
        let notes = notes.into_iter().filter_map(|(what, says)| Some((what, says.as_ref()?)));
        for (number, (what, says)) in notes.enumerate() {
            text.push_str(if number == 0 { "\n\n" } else { "\n" });
            let _ = write!(text, "  = {what}: {says}");
        }
        text
    }

    /// A warning of the compiler at the place, in a block of its own.
    pub(crate) fn to_warning(&self) -> TokenStream {
        let text = &self.message;
        let name = Ident::new("advice", Span::mixed_site());
        let (path, call) =
            (Ident::new("advice", Span::mixed_site().located_at(self.spot.start)), {
                let mut call = Group::new(Delimiter::Parenthesis, TokenStream::new());
                call.set_span(self.spot.end);
                call
            });
        quote!({
            #[deprecated(note = #text)]
            const fn #name() {}
            #path #call;
        })
    }

    pub(crate) fn to_tokens(&self) -> TokenStream {
        let text = self.text();
        let path = quote_spanned!(self.spot.start=> ::core::compile_error);
        let argument = quote_spanned!(self.spot.end=> { #text });
        quote_spanned!(self.spot.start=> #path ! #argument)
    }
}

impl From<syn::Error> for Diagnostic {
    fn from(error: syn::Error) -> Self {
        Self::new(Spot::of(error.span()), error.to_string())
    }
}

/// Errors for the compiler, or the first of them and how many more there are.
pub(crate) fn shown(diagnostics: &[Diagnostic]) -> impl Iterator<Item = TokenStream> {
    let (shown, rest) = diagnostics.split_at(diagnostics.len().min(SHOWN_AT_MOST));
    let more = rest.first().map(|first| {
        let words = format!("and more errors, {} in all", diagnostics.len());
        Diagnostic::new(first.spot, words).to_tokens()
    });
    shown.iter().map(Diagnostic::to_tokens).chain(more)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    #[test]
    fn a_hundred_errors_are_shown_and_the_rest_counted() {
        let errors = |count: usize| {
            let repeated = "body: \"b\", ".repeat(count + 1);
            let input = format!("[::wa_message] <text> to: \"1\", {repeated}");
            let expansion = crate::expand(input.parse().unwrap()).to_string();
            let last = expansion.rsplit("compile_error").next().unwrap().to_owned();
            (expansion.matches("compile_error").count(), last)
        };
        assert_eq!(errors(1).0, 1);
        assert_eq!(errors(100).0, 100);
        let (count, last) = errors(250);
        assert_eq!(count, 101);
        assert!(last.contains("and more errors, 250 in all"), "{last}");
    }
}

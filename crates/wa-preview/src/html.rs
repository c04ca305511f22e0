//! HTML that was drawn.

use std::fmt;

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style sheet of everything that is drawn.
const STYLE: &str = include_str!("style.css");

/// A part of a page, such as the bubble of a message. What came from a message is escaped in it.
///
/// Several of them make one, in their order:
///
/// ```
/// use wa_message::{preview::{Html, draw}, wa_message};
///
/// let messages = [
///     wa_message! { <text> to: "+15550100", body: "Hello" },
///     wa_message! { <text> to: "+15550100", body: "Your table is free." },
/// ];
/// let chat: Html = messages.iter().map(draw).collect();
/// assert_eq!(chat.as_str().matches("<article").count(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    pub(crate) fn of(markup: Markup) -> Self {
        Self(markup.into_string())
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text, without a copy.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }

    /// Returns a document of its own with this in it, which needs no other file: the style sheet is a part of it, and
    /// it forbids everything else.
    ///
    /// ```
    /// use wa_message::{preview::draw, wa_message};
    ///
    /// let message = wa_message! { <text> to: "+15550100", body: "Hello" };
    /// let page = draw(&message).page();
    /// assert!(page.as_str().starts_with("<!DOCTYPE html>"));
    /// ```
    #[must_use]
    pub fn page(&self) -> Self {
        Self::of(html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta http-equiv="Content-Security-Policy"
                        content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
                    meta name="referrer" content="no-referrer";
                    title { "Phone view" }
                    style { (PreEscaped(STYLE)) }
                }
                body.wa-page {
                    main.wa-chat { (PreEscaped(&self.0)) }
                }
            }
        })
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Html {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.0
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(parts: I) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

/// Returns the style sheet, for pages that hold what was drawn. It loads nothing, so that pages may forbid everything
/// but their own style sheets: `default-src 'none'; style-src 'self'`.
///
/// Colours are custom properties, which begin with `--wa-`, light or dark as the reader has it. Its classes begin with
/// `wa-`.
///
/// ```
/// assert!(wa_message::preview::style_sheet().contains("--wa-"));
/// ```
#[must_use]
pub fn style_sheet() -> &'static str {
    STYLE
}

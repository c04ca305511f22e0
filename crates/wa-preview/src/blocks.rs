//! Parts of a bubble that hold several values: places, contacts, products, ratings, and templates without a definition.

use maud::{Markup, html};
use wa_message_spec::shown::Role;

use crate::{buttons, icons, nodes::Node, words};

/// Draws the small lines of a node.
pub(crate) fn details(node: &Node<'_>) -> Markup {
    html! {
        @for line in &node.nodes {
            @if let Some(line) = detail(line) {
                " "
                span.wa-detail dir="auto" { (line) }
            }
        }
    }
}

/// A small line as a text, behind its words: what a node says, or all that stands in it.
pub(crate) fn detail(node: &Node<'_>) -> Option<String> {
    let line = match node.role() {
        Role::Detail if node.nodes.is_empty() => node.text.clone().into_owned(),
        Role::Detail => {
            let parts = node.nodes.iter().map(|part| part.text.trim());
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Role::State => words::state(&node.text),
        Role::Seconds => words::time(&node.text, 1),
        Role::Milliseconds => words::time(&node.text, 1000),
        _ => return None,
    };
    let says = node.shown.says;
    if line.is_empty() {
        None
    } else if says.is_empty() {
        Some(line)
    } else if node.role() == Role::State {
        Some(format!("{says}: {line}"))
    } else {
        Some(format!("{says} {line}"))
    }
}

pub(crate) fn place(node: &Node<'_>) -> Markup {
    let at = node.first(Role::Latitude).zip(node.first(Role::Longitude));
    html! {
        figure.wa-place {
            (icons::map())
            figcaption {
                strong.wa-title dir="auto" { (node.first(Role::Title).unwrap_or("Place")) }
                (details(node))
                @if let Some((latitude, longitude)) = at {
                    " "
                    span.wa-detail { (latitude) ", " (longitude) }
                }
            }
        }
    }
}

pub(crate) fn person(node: &Node<'_>) -> Markup {
    html! {
        div.wa-person {
            (icons::person())
            div.wa-lines {
                strong.wa-title dir="auto" { (node.first(Role::Title).unwrap_or("Contact")) }
                (details(node))
            }
        }
    }
}

pub(crate) fn product(node: &Node<'_>) -> Markup {
    let (says, id) = (node.shown.says, node.first(Role::Id));
    let title = if says.is_empty() { id.unwrap_or("Product") } else { says };
    let inside = html! {
        (icons::product())
        span.wa-lines {
            span.wa-title dir="auto" { (title) }
            @if let Some(id) = id.filter(|id| *id != title) {
                " "
                span.wa-detail dir="auto" { (id) }
            }
            (details(node))
        }
    };
    if node.shown.answer.is_empty() {
        return html! { div.wa-product { (inside) } };
    }
    buttons::tapped("wa-product", node, title, &inside)
}

pub(crate) fn stars(node: &Node<'_>) -> Markup {
    html! {
        div.wa-stars role="img" aria-label="A rating from 1 to 5 stars" data-id=[node.first(Role::Id)] {
            span aria-hidden="true" { "☆☆☆☆☆" }
        }
    }
}

/// A template whose text is not known: its name, and the values that it is filled with.
pub(crate) fn template(node: &Node<'_>) -> Markup {
    let values: Vec<_> = node.all(Role::Variable).collect();
    html! {
        div.wa-template {
            span.wa-what { "Template" }
            " "
            strong.wa-title dir="auto" { (node.first(Role::Title).unwrap_or_default()) }
            (details(node))
        }
        @if !values.is_empty() {
            dl.wa-values {
                @for (at, value) in values.iter().enumerate() {
                    div {
                        dt dir="auto" {
                            @match value.first(Role::VariableName) {
                                Some(name) => (name),
                                None => (at + 1),
                            }
                        }
                        " "
                        dd dir="auto" { (value.first(Role::Text).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

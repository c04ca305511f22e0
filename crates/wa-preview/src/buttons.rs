//! What can be tapped: buttons, links, codes to copy, and lists that open.

use maud::{Markup, html};
use wa_message_spec::shown::Role;

use crate::{blocks, nodes::Node, words};

/// Whether a node stands below the text.
pub(crate) fn is_below(role: Role) -> bool {
    matches!(role, Role::Button | Role::Link | Role::Copy | Role::Sheet)
}

/// Draws what stands below the text.
pub(crate) fn drawn(node: &Node<'_>) -> Markup {
    let title = title(node);
    match node.role() {
        Role::Link => link(node, title),
        Role::Sheet => sheet(node, title),
        _ => tapped("wa-button", node, title, &html! { span dir="auto" { (title) } }),
    }
}

/// The text on it. Without one, a button says what the app does.
fn title<'n>(node: &'n Node<'_>) -> &'n str {
    let says = Some(node.shown.says).filter(|says| !says.is_empty());
    node.first(Role::Title).or(says).or_else(|| node.first(Role::Id)).unwrap_or("Button")
}

/// A button with what a page has to know of it.
pub(crate) fn tapped(class: &str, node: &Node<'_>, title: &str, inside: &Markup) -> Markup {
    let answer = Some(node.shown.answer).filter(|answer| !answer.is_empty());
    let (id, code) = (node.first(Role::Id), node.first(Role::Code));
    html! {
        button type="button" class=(class) data-answer=[answer] data-id=[id] data-title=(title) data-code=[code] {
            (inside)
        }
    }
}

fn link(node: &Node<'_>, title: &str) -> Markup {
    match node.first(Role::Url).and_then(words::address) {
        Some(address) => html! {
            a.wa-button href=(address) rel="noopener noreferrer" { span dir="auto" { (title) } }
        },
        // It leads nowhere that a page may lead to.
        None => html! { button.wa-button type="button" disabled { span dir="auto" { (title) } } },
    }
}

fn sheet(node: &Node<'_>, title: &str) -> Markup {
    html! {
        details.wa-sheet {
            summary.wa-button { span dir="auto" { (title) } }
            @for section in node.all(Role::Section) {
                section.wa-section {
                    @if let Some(title) = section.first(Role::Title) { h4 dir="auto" { (title) } }
                    ul { @for row in section.all(Role::Row) { li { (self::row(row)) } } }
                }
            }
        }
    }
}

fn row(node: &Node<'_>) -> Markup {
    let title = title(node);
    let inside = html! { span.wa-title dir="auto" { (title) } (blocks::details(node)) };
    tapped("wa-row", node, title, &inside)
}

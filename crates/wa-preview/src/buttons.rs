//! Buttons, links, codes to copy, and lists that open: all that can be tapped.

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
        _ => tapped("wa-button", node, title, &face(node, title)),
    }
}

/// The text on it. Without one, a button says what the app does.
fn title<'n>(node: &'n Node<'_>) -> &'n str {
    let says = Some(node.shown.says).filter(|says| !says.is_empty());
    node.first(Role::Title).or(says).or_else(|| node.first(Role::Id)).unwrap_or("Button")
}

/// What stands on a button. One whose text is not known shows the value that it is given.
fn face(node: &Node<'_>, title: &str) -> Markup {
    let value = [Role::Id, Role::Code, Role::Url].into_iter().find_map(|role| node.first(role));
    let value = value.filter(|value| node.first(Role::Title).is_none() && *value != title);
    html! {
        span dir="auto" { (title) }
        @if let Some(value) = value { " " span.wa-detail dir="auto" { (value) } }
    }
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
    let face = face(node, title);
    html! {
        @if let Some(address) = node.first(Role::Url).and_then(words::address) {
            a.wa-button href=(address) rel="noopener noreferrer" { (face) }
        } @else {
            // It leads nowhere that a page may lead to.
            button.wa-button type="button" disabled { (face) }
        }
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

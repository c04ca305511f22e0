//! Files: placeholders, with the address or the id of the file as a text.

use maud::{Markup, html};
use wa_message_spec::shown::Role;

use crate::{icons, nodes::Node, text, words};

/// Draws a file, and the text under it.
pub(crate) fn drawn(node: &Node<'_>) -> Markup {
    let file = match node.role() {
        Role::Picture => framed(node, "", "Picture", &icons::picture()),
        Role::Film => framed(node, "", "Film", &icons::film()),
        Role::Decal => framed(node, " wa-decal", "Small picture", &icons::decal()),
        Role::Sound => sound(node),
        _ => file(node),
    };
    html! {
        (file)
        @for caption in node.all(Role::Text) {
            div.wa-text dir="auto" { (text::formatted(&caption.text)) }
        }
    }
}

/// Whether a node is a file.
pub(crate) fn is_file(role: Role) -> bool {
    matches!(role, Role::Picture | Role::Film | Role::Decal | Role::Sound | Role::File)
}

fn source(node: &Node<'_>) -> Markup {
    html! {
        @if let Some(source) = node.first(Role::Source) {
            span.wa-source dir="auto" { (source) }
        }
    }
}

fn framed(node: &Node<'_>, class: &str, says: &str, icon: &Markup) -> Markup {
    html! {
        figure class={ "wa-media" (class) } {
            div.wa-frame { (icon) }
            figcaption { span.wa-what { (says) } " " (source(node)) }
        }
    }
}

fn sound(node: &Node<'_>) -> Markup {
    let is_voice = node.holds(Role::Voice);
    html! {
        figure.wa-media.wa-sound {
            @if is_voice { (icons::voice()) } @else { (icons::sound()) }
            (icons::waves())
            figcaption { span.wa-what { @if is_voice { "Voice note" } @else { "Sound" } } " " (source(node)) }
        }
    }
}

fn file(node: &Node<'_>) -> Markup {
    let source = node.first(Role::Source);
    let name = node.first(Role::FileName).or(source.map(words::file_name)).unwrap_or("File");
    html! {
        figure.wa-media.wa-file {
            (icons::file())
            figcaption {
                strong.wa-title dir="auto" { (name) }
                " "
                span.wa-what { "File" }
                " "
                (self::source(node))
            }
        }
    }
}

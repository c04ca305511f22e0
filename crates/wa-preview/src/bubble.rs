//! The bubble of a message: what stands in it, what stands below, and what is said of it to those who do not see it.

use maud::{Markup, html};
use wa_message_spec::shown::Role;

use crate::{
    blocks, buttons, media,
    nodes::{Node, Parts},
    orders, text, words,
};

/// Who sent a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Business,
    Customer,
}

/// The nodes of a message or of a card, by where they stand.
#[derive(Default)]
struct Layout<'n, 'm> {
    quotes: Vec<&'n Node<'m>>,
    inside: Vec<&'n Node<'m>>,
    below: Vec<&'n Node<'m>>,
    cards: Vec<&'n Node<'m>>,
}

impl<'n, 'm> Layout<'n, 'm> {
    fn of(nodes: &'n [Node<'m>]) -> Self {
        let mut layout = Self::default();
        layout.add(nodes);
        layout
    }

    fn add(&mut self, nodes: &'n [Node<'m>]) {
        for node in nodes {
            match node.role() {
                Role::Quote => self.quotes.push(node),
                Role::Card => self.cards.push(node),
                role if buttons::is_below(role) => {
                    self.below.push(node);
                    // What it opens is seen beside it.
                    self.inside.extend(node.all(Role::Bill));
                }
                Role::Template => {
                    self.inside.push(node);
                    self.add(&node.nodes);
                }
                _ => {
                    self.inside.push(node);
                    let below = node.nodes.iter().filter(|node| buttons::is_below(node.role()));
                    self.below.extend(below);
                }
            }
        }
    }

    fn has(&self, role: Role) -> bool {
        self.inside.iter().any(|node| node.role() == role)
    }
}

/// Draws a message.
pub(crate) fn drawn(parts: &Parts<'_>, side: Side) -> Markup {
    let layout = Layout::of(&parts.nodes);
    let is_aside = layout.has(Role::Notice);
    // A small picture or an emoji has no bubble around it.
    let is_bare = (layout.has(Role::Decal) || layout.has(Role::Emoji)) && layout.below.is_empty();
    let side = match side {
        _ if is_aside => "wa-aside",
        Side::Business => "wa-out",
        Side::Customer => "wa-in",
    };
    html! {
        article class={ "wa-message " (side) } aria-label=(sentence(parts, &layout)) {
            div.wa-bubble.wa-bare[is_bare] {
                @for quote in &layout.quotes { (self::quote(quote)) }
                (inside(&layout))
                @if layout.inside.is_empty() && layout.below.is_empty() && layout.cards.is_empty() {
                    p.wa-footer { (parts.name()) }
                }
                (below(&layout))
            }
            @if !layout.cards.is_empty() {
                ul.wa-cards tabindex="0" aria-label="Cards" {
                    @for card in &layout.cards { li { (self::card(card)) } }
                }
            }
        }
    }
}

fn card(node: &Node<'_>) -> Markup {
    let layout = Layout::of(&node.nodes);
    html! { div.wa-bubble.wa-card { (inside(&layout)) (below(&layout)) } }
}

/// What stands in the bubble.
fn inside(layout: &Layout<'_, '_>) -> Markup {
    let has_preview =
        layout.inside.iter().any(|node| node.role() == Role::Preview && node.text == "true");
    html! { @for node in &layout.inside { (part(node, has_preview)) } }
}

fn part(node: &Node<'_>, has_preview: bool) -> Markup {
    match node.role() {
        Role::Text => html! {
            div.wa-text dir="auto" { (text::formatted(&node.text)) }
            @if has_preview && let Some(link) = text::first_link(&node.text) {
                p.wa-preview dir="auto" { span.wa-what { "Preview of" } " " (words::host(link)) }
            }
        },
        Role::Heading => html! { h3.wa-heading dir="auto" { (node.text) } },
        Role::Subheading => html! { p.wa-subheading dir="auto" { (node.text) } },
        Role::Footer if node.text.is_empty() => html! {},
        Role::Footer => html! { p.wa-footer dir="auto" { (node.text) } },
        Role::Emoji if node.text.is_empty() => {
            html! { p.wa-footer { "An emoji that was taken back" } }
        }
        Role::Emoji => html! { p.wa-emoji dir="auto" { (node.text) } },
        Role::Notice => html! { p.wa-note { (node.shown.says) (blocks::details(node)) } },
        Role::Typing => html! { p.wa-typing { "typing" span aria-hidden="true" { " •••" } } },
        Role::Place => blocks::place(node),
        Role::Person => blocks::person(node),
        Role::Product => blocks::product(node),
        Role::Stars => blocks::stars(node),
        Role::Template => blocks::template(node),
        Role::Bill => orders::drawn(node),
        role if media::is_file(role) => media::drawn(node),
        _ => html! {
            @if let Some(line) = blocks::detail(node) { p.wa-detail dir="auto" { (line) } }
        },
    }
}

/// What stands below the text.
fn below(layout: &Layout<'_, '_>) -> Markup {
    html! {
        @if !layout.below.is_empty() {
            div.wa-buttons { @for node in &layout.below { (buttons::drawn(node)) } }
        }
    }
}

fn quote(node: &Node<'_>) -> Markup {
    html! { p.wa-quote { "About " span.wa-source dir="auto" { (node.text) } } }
}

impl Parts<'_> {
    /// What it is, also where that is not known.
    fn name(&self) -> &'static str {
        if self.is.is_empty() { "A message of a kind that is not known" } else { self.is }
    }
}

/// What is said of a message: what it is, and what can be tapped.
fn sentence(parts: &Parts<'_>, layout: &Layout<'_, '_>) -> String {
    let rows = layout.below.iter().flat_map(|node| node.all(Role::Section));
    let rows: usize = rows.map(|section| section.all(Role::Row).count()).sum();
    let people = layout.inside.iter().filter(|node| node.role() == Role::Person).count();
    let counts = [
        (people, "contact", "contacts"),
        (layout.cards.len(), "card", "cards"),
        (layout.below.len(), "button", "buttons"),
        (rows, "row", "rows"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts = counts.map(|(count, one, several)| words::counted(count, one, several));
    let counts: Vec<_> = counts.collect();
    match counts.split_last() {
        None => parts.name().to_owned(),
        Some((last, [])) => format!("{}, with {last}", parts.name()),
        Some((last, others)) => format!("{}, with {} and {last}", parts.name(), others.join(", ")),
    }
}

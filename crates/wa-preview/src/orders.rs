//! Orders: their lines, amounts and states.

use maud::{Markup, html};
use wa_message_spec::shown::Role;

use crate::{blocks, nodes::Node, words};

/// Draws an order.
pub(crate) fn drawn(node: &Node<'_>) -> Markup {
    let title = node.all(Role::Title).next();
    let money = node.first(Role::Money);
    let mut lines = node.all(Role::Line).chain(node.all(Role::Total)).peekable();
    html! {
        section.wa-bill {
            h4.wa-title dir="auto" {
                @match title {
                    Some(title) if title.shown.says.is_empty() => (title.text),
                    Some(title) => { (title.shown.says) " " (title.text) },
                    None => "Order",
                }
            }
            (blocks::details(node))
            @if lines.peek().is_some() {
                ul.wa-amounts { @for each in lines { (line(each, money)) } }
            }
        }
    }
}

fn line(node: &Node<'_>, money: Option<&str>) -> Markup {
    let name = node.first(Role::Title).unwrap_or(node.shown.says);
    let money = node.first(Role::Money).or(money);
    // Without a price of its own, a line is an amount. Of two prices the second is the reduced one.
    let prices: Vec<_> = node.all(Role::Price).map(amount).collect();
    let prices = if prices.is_empty() { vec![amount(node)] } else { prices };
    let is_total = node.role() == Role::Total;
    html! {
        li.wa-amount.wa-total[is_total] {
            span.wa-lines {
                span dir="auto" { (name) }
                @if let Some(quantity) = node.first(Role::Quantity) { " " span.wa-detail { "× " (quantity) } }
                (blocks::details(node))
            }
            " "
            span.wa-price {
                @for (at, price) in prices.iter().enumerate() {
                    @if at > 0 { " " }
                    @if at + 1 < prices.len() { s { (price) } } @else {
                        @if let Some(money) = money { (money) " " }
                        (price)
                    }
                }
            }
        }
    }
}

fn amount(node: &Node<'_>) -> String {
    match node.first(Role::Value) {
        Some(value) => words::amount(value, node.first(Role::Offset)),
        None => node.text.clone().into_owned(),
    }
}

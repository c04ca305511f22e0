//! Mixed content, of which the macro decides as much as is known.

/// What the macro says of tokens, as sentences.
fn sentences(tokens: &str) -> Vec<String> {
    let tokens = format!("[wa] {tokens}").parse().unwrap();
    let analysis = wa_message_dsl::analyse(tokens);
    analysis.violations().iter().map(|found| format!("{}: {}", found.path, found.problem)).collect()
}

#[test]
fn mixed_content_is_decided_as_far_as_it_is_known() {
    let buttons = |buttons: &str| sentences(&format!("<button> to, body: b, buttons: [{buttons}]"));
    assert_eq!(
        buttons(r#"{ id: "a", title: "Yes" }, { id: "b", title: x }, { id: "c", title: "Yes" }"#),
        ["interactive.action.buttons[2].reply.title: `title` has the value `Yes` a second time; \
          the first stands at `interactive.action.buttons[0].reply.title`"]
    );
    let four = r#"{ id: "a", title: "1" }, { id: "b", title: "2" }, { id: "c", title: "3" }, { id: "d", title: "4" }, ..more"#;
    assert_eq!(
        buttons(four),
        ["interactive.action.buttons: `buttons` holds 4, and `<button>` takes at most 3"]
    );
    assert!(buttons(r#"{ id: "a", title: "1" }, ..more"#).is_empty());
    let row = |n: usize| format!(r#"{{ id: "{n}", title: "Row {n}" }}"#);
    let rows: Vec<_> = (0..10).map(row).collect();
    let list = |rows: &str| {
        sentences(&format!(r#"<list> to, body: b, button: "B", sections: [{{ rows: [{rows}] }}]"#))
    };
    assert!(list(&format!("{}, for x in more {{ id: x, title: x }}", rows.join(", "))).is_empty());
    assert_eq!(list(&format!("{}, {}", rows.join(", "), row(10))).len(), 1);
    let order = |total: &str, items: &str| {
        sentences(&format!(
            r#"<order_details> to, body: b, reference_id: "r", type: "digital-goods", payment_type: "br",
               currency: "BRL", total_amount: {total},
               order: {{ items: [{items}], subtotal: 100, tax: 5 }}"#
        ))
    };
    let item = r#"{ name: "n", amount: 100, quantity: 1 }"#;
    assert!(order("105", item).is_empty());
    assert!(order("total", item).is_empty());
    assert_eq!(order("104", &format!("{item}, ..more")).len(), 1);
    assert!(order("105", &format!("{item}, ..more")).is_empty());
    assert_eq!(order("105", &format!("{item}, {item}")).len(), 1);
    assert!(order("105", r#"{ name: "n", amount: price, quantity: 1 }"#).is_empty());
    assert_eq!(
        order("105", r#"{ name: "n", amount: 100, sale_amount: 100, quantity: 1 }"#),
        [
            "interactive.action.parameters.order.items[0].sale_amount.value: `sale_amount.value` is 100, \
          and must be less than `amount.value`, which is 100"
        ]
    );
    let card = |kind: &str| {
        format!(r#"{{ header: {{ {kind}: {{ link: link }} }}, display_text: "Buy", url: link }}"#)
    };
    let cards = sentences(&format!(
        "<carousel> to, body: b, cards: [{}, {}, ..more]",
        card("image"),
        card("video")
    ));
    assert_eq!(
        cards,
        [
            "interactive.action.cards[1].header.type: `type` is `video`, and has to be the same everywhere; \
          the first, at `interactive.action.cards[0].header.type`, is `image`"
        ]
    );
    assert_eq!(
        sentences(
            r#"<template> to, name: "n", language: "en", body: [{ parameter_name: "a", text: x }, y, { text: z }]"#
        ),
        [
            "template.components[0].parameters[2].parameter_name: `parameter_name` is missing here and given at \
          `template.components[0].parameters[0]`, and has to be given everywhere or nowhere"
        ]
    );
}

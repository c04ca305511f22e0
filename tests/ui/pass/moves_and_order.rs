// A value is evaluated once, in the order in which it is written, and is moved.
use std::cell::RefCell;
use wa_message::wa_message;

struct Customer {
    phone: String,
    name: String,
    dishes: Vec<(String, String)>,
}

fn main() {
    let order = RefCell::new(Vec::new());
    let note = |n: u32| {
        order.borrow_mut().push(n);
        n.to_string()
    };
    let _ = wa_message! { <list>
        sections: [
            {
                rows: [
                    { title: note(0), id: note(1) },
                    for _ in 0..2 { id: note(2), title: note(3) },
                    if note(4) == "4" { description: note(5), title: note(6), id: note(7) },
                    { title: "fixed", id: note(8) },
                ],
                title: note(9),
            },
            { title: note(10), rows: [{ id: note(11), title: "fixed" }] },
        ],
        button: note(12),
        to: note(13),
        footer: note(14),
        header: note(15),
        body: note(16),
    };
    assert_eq!(*order.borrow(), [0, 1, 2, 3, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    // Parts of a value are moved out of it, each of them once.
    let customer = Customer {
        phone: "+15550100".to_owned(),
        name: "Ada".to_owned(),
        dishes: vec![("m1".to_owned(), "Feijoada".to_owned())],
    };
    let message = wa_message! { <list>
        to: customer.phone,
        body: customer.name,
        button: "See dishes",
        sections: [{ rows: [for (id, title) in customer.dishes { id: id, title: title }] }],
    };
    assert!(message.is_ok());

    // What is borrowed before may be moved behind it.
    let text = String::from("Hello");
    let message = wa_message! { <button>
        to: "+15550100",
        header: &text,
        footer: text.as_str(),
        body: text,
        buttons: [{ id: "keep", title: "Keep" }],
    };
    assert!(message.is_ok());

    // The components of a template have an order of their own, and so has free JSON.
    order.borrow_mut().clear();
    let _ = wa_message! { <template>
        buttons: [for _ in 0..1 { quick_reply: note(0) }, { url: note(1), index: note(2) }],
        to: note(3),
        body: [note(4), { date_time: note(5) }],
        language: note(6),
        header: note(7),
        name: note(8),
    };
    let _ = wa_message! { <flow>
        flow_action_payload: {
            data: { hours: [note(9), { from: note(10) }, for _ in 0..1 { to: note(11) }], guests: note(12) },
            screen: note(13),
        },
        flow_cta: note(14),
        flow_id: note(15),
        body: note(16),
        to: note(17),
    };
    assert_eq!(*order.borrow(), (0..18).collect::<Vec<_>>());

    // A value changes while the message is made.
    let mut count = 0;
    let mut next = || {
        count += 1;
        count.to_string()
    };
    let message = wa_message! { <button>
        to: "+15550100",
        body: "When?",
        buttons: [{ id: next(), title: next() }, { id: next(), title: next() }],
    };
    assert_eq!(count, 4);
    assert!(message.unwrap().to_json().contains(r#"{"id":"3","title":"4"}"#));
}

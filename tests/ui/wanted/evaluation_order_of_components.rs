// Expressions are evaluated in the order in which they are written. With a loop in the buttons of a
// template, all components are evaluated first, and in the order of the document: it prints [3, 2, 1, 0].
//
// Should print [0, 1, 2, 3] when it runs.
use std::cell::RefCell;
use wa_message::wa_message;

fn main() {
    let order = RefCell::new(Vec::new());
    let note = |n: i32| {
        order.borrow_mut().push(n);
        n.to_string()
    };
    let _ = wa_message! { <template>
        to: note(0),
        name: "order_ready",
        language: "en_US",
        buttons: [for _ in 0..1 { quick_reply: note(1) }],
        body: [note(2)],
        header: note(3),
    };
    println!("{:?}", order.borrow());
}

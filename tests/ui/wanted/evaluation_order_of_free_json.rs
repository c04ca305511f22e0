// Expressions are evaluated in the order in which they are written. Those in an array of free JSON are
// evaluated last: it prints [0, 2, 1].
//
// Should print [0, 1, 2] when it runs.
use std::cell::RefCell;
use wa_message::wa_message;

fn main() {
    let order = RefCell::new(Vec::new());
    let note = |n: i32| {
        order.borrow_mut().push(n);
        n
    };
    let _ = wa_message! { <flow>
        to: note(0).to_string(),
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        flow_action_payload: { screen: "WELCOME", data: { hours: [note(1)], guests: note(2) } },
    };
    println!("{:?}", order.borrow());
}

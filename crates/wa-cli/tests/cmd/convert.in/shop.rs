fn ready(guest: &str, order: u32) -> Result<Message, InvalidMessage> {
    wa_message! { <list>
        to: guest,
        header: "Order",
        body: format!("Order {order} is ready."),
        button: "Choose",
        sections: [{ rows: [{ id: "now", title: "Now" }, { id: "later", title: "Later" }] }],
    }
}

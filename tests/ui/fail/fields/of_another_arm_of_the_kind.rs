// A field of another interactive kind: no place is offered that this kind does not have.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <list>
        to: "+15550100",
        body: "Pick a dish",
        buttons: "See dishes",
        sections: [{ rows: [{ id: "m1", title: "Feijoada" }] }],
    };
    let _ = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "interactive",
        "interactive": {
            "type": "list",
            "body": { "text": "Pick a dish" },
            "action": { "button": "See dishes", "sections": [{ "rows": [{ "id": "m1", "title": "Feijoada" }] }] }
        },
        "display_text": "See dishes",
        "sections": []
    });
}

// Tags and values of a set are read in any case, and what the API ignores is read over. Neither is written.
use wa_message::{Message, wa_message};

const RAW: Message = wa_message!({
    "messaging_product": "whatsapp",
    "to": "+15550100",
    "type": "TEMPLATE",
    "template": {
        "name": "order_ready",
        "language": { "code": "en_US", "policy": "Deterministic" },
        "components": [{
            "type": "BODY",
            "parameters": [{
                "type": "DATE_TIME",
                "date_time": { "fallback_value": "3 May 2026", "calendar": "GREGORIAN", "year": 2026 }
            }]
        }]
    }
});

fn main() {
    let same = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "template",
        "template": {
            "name": "order_ready",
            "language": { "code": "en_US", "policy": "deterministic" },
            "components": [{
                "type": "body",
                "parameters": [{
                    "type": "date_time",
                    "date_time": { "fallback_value": "3 May 2026" }
                }]
            }]
        }
    });
    assert_eq!(RAW.to_json(), same.to_json());

    let name = String::from("Ada");
    let evaluated = wa_message!({
        "messaging_product": "whatsapp",
        "to": "+15550100",
        "type": "Text",
        "text": { "body": name }
    });
    let short = wa_message! { <text> to: "+15550100", body: "Ada" };
    assert_eq!(evaluated.unwrap().to_json(), short.to_json());

    let draft = wa_message! { <flow>
        to: "+15550100",
        body: "Choose a time",
        flow_id: "1234567890123456",
        flow_cta: "Book",
        mode: "Draft",
    };
    assert!(draft.to_json().contains(r#""mode":"draft""#));
}

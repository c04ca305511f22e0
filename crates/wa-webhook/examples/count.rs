#![allow(missing_docs)]
use std::hint::black_box;
const TEXT: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"900100200300400","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550100","phone_number_id":"700100200300401"},"contacts":[{"profile":{"name":"Alex","username":"\u0040alex"},"wa_id":"15550101","user_id":"US.10000000000000000001"}],"messages":[{"from":"15550101","from_user_id":"US.10000000000000000001","id":"wamid.HBgLMTU1NTAxMDEVAgASGBQzQTdCNUQ1QkQ2QTc0RkUxMjM0NQA=","timestamp":"1790000000","text":{"body":"Is the table at eight still free?"},"type":"text"}]},"field":"messages"}]}]}"#;
fn main() {
    println!(
        "{} event, {} message",
        size_of::<wa_webhook::Event<'_>>(),
        size_of::<wa_webhook::types::IncomingMessage<'_>>()
    );
    let arg = std::env::args().nth(1);
    for _ in 0..2000 {
        match arg.as_deref() {
            Some("scan") => {
                black_box(wa_webhook::parse(black_box(TEXT.as_bytes())).is_ok());
            }
            Some("value") => {
                black_box(serde_json::from_str::<serde_json::Value>(black_box(TEXT)).is_ok());
            }
            _ => {
                for event in wa_webhook::parse(black_box(TEXT.as_bytes())).unwrap().events() {
                    black_box(&event);
                }
            }
        }
    }
}

#![allow(missing_docs, clippy::all, clippy::pedantic)]
use axum::{body::Body, http::Request};
use std::hint::black_box;
use wa_bench::{Side, compare};
use wa_message::webhook::*;
const TEXT: &str = r#"{"object":"whatsapp_business_account","entry":[{"id":"900100200300400","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550100","phone_number_id":"700100200300401"},"contacts":[{"profile":{"name":"Alex","username":"\u0040alex"},"wa_id":"15550101","user_id":"US.10000000000000000001"}],"messages":[{"from":"15550101","from_user_id":"US.10000000000000000001","id":"wamid.HBgLMTU1NTAxMDEVAgASGBQzQTdCNUQ1QkQ2QTc0RkUxMjM0NQA=","timestamp":"1790000000","text":{"body":"Is the table at eight still free?"},"type":"text"}]},"field":"messages"}]}]}"#;
fn main() {
    let verifier = Verifier::new(["a-secret-of-32-hexadecimal-digits"]).unwrap();
    let sig = verifier.sign(TEXT.as_bytes());
    let build = |b: WebhookBuilder| b.build();
    let s0 = build(service(verifier.clone(), VerifyToken::new("a").unwrap()));
    let s1 = build(
        service(verifier.clone(), VerifyToken::new("a").unwrap()).on_message(|_, _| async {}),
    );
    let s2 = build(
        service(verifier.clone(), VerifyToken::new("a").unwrap())
            .on_message(|_, _| async {})
            .within(None),
    );
    let rt = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let req = || Request::post("/").header(SIGNATURE_HEADER, &sig).body(Body::from(TEXT)).unwrap();
    let run = |s: &WebhookService| {
        rt.block_on(async {
            for _ in 0..10 {
                black_box(s.answer(req()).await.status());
            }
        });
        vec![]
    };
    let n = 10;
    compare(
        "parts, 10 times",
        &[
            Side {
                name: "verify",
                run: &|| {
                    for _ in 0..n {
                        verifier.verify(Some(sig.as_bytes()), black_box(TEXT.as_bytes())).unwrap();
                    }
                    vec![]
                },
            },
            Side {
                name: "parse",
                run: &|| {
                    for _ in 0..n {
                        black_box(parse(black_box(TEXT.as_bytes())).unwrap());
                    }
                    vec![]
                },
            },
            Side {
                name: "events",
                run: &|| {
                    for _ in 0..n {
                        for e in parse(black_box(TEXT.as_bytes())).unwrap().events() {
                            black_box(e);
                        }
                    }
                    vec![]
                },
            },
            Side {
                name: "events owned",
                run: &|| {
                    for _ in 0..n {
                        for e in parse(black_box(TEXT.as_bytes())).unwrap().events() {
                            black_box(e.into_owned());
                        }
                    }
                    vec![]
                },
            },
            Side {
                name: "events key",
                run: &|| {
                    for _ in 0..n {
                        for e in parse(black_box(TEXT.as_bytes())).unwrap().events() {
                            black_box(e.key());
                        }
                    }
                    vec![]
                },
            },
            Side {
                name: "request",
                run: &|| {
                    for _ in 0..n {
                        black_box(req());
                    }
                    vec![]
                },
            },
            Side { name: "service, no handler", run: &|| run(&s0) },
            Side { name: "service", run: &|| run(&s1) },
            Side { name: "service, no limit", run: &|| run(&s2) },
        ],
    );
    println!("{} {}", std::mem::size_of::<Event<'static>>(), std::mem::size_of::<What<'static>>());
}

//! Another address than loopback: the page and the control ask for a password there, and the API for its token.
#![cfg(feature = "page")]
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use common::{client_of, raw, text};
use wa_sandbox::{Sandbox, SandboxBuilder};

const PASSWORD: &str = "knock: twice";

fn on_all_addresses() -> SandboxBuilder {
    Sandbox::builder().listen(Ipv4Addr::UNSPECIFIED).password(PASSWORD)
}

fn basic(user: &str, password: &str) -> String {
    format!("authorization: Basic {}\r\n", STANDARD.encode(format!("{user}:{password}")))
}

async fn get(sandbox: &Sandbox, path: &str, headers: &str) -> (u16, String, String) {
    let request = format!("GET {path} HTTP/1.1\r\n{headers}connection: close\r\n\r\n");
    let answer = raw(sandbox, request.as_bytes()).await;
    (answer.status, answer.head, answer.body.to_string())
}

#[tokio::test]
async fn without_a_password_it_does_not_start() {
    let addresses: [IpAddr; 3] = [
        Ipv4Addr::UNSPECIFIED.into(),
        Ipv6Addr::UNSPECIFIED.into(),
        Ipv4Addr::new(192, 0, 2, 1).into(),
    ];
    for address in addresses {
        let error = Sandbox::builder().listen(address).start().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.to_string(), format!("to listen on {address} needs a password"));
    }
    let error = Sandbox::builder().password("1234567").start().await.unwrap_err();
    assert_eq!(error.to_string(), "the password of the page is shorter than 8 characters");
    Sandbox::builder().listen(Ipv4Addr::LOCALHOST).start().await.unwrap();
}

#[tokio::test]
async fn the_page_and_the_control_ask_for_the_password() {
    let sandbox = on_all_addresses().start().await.unwrap();
    let host = "host: 127.0.0.1\r\n";
    for path in ["/", "/_sandbox", "/_sandbox/events", "/_sandbox/page.js", "/_sandbox/nothing"] {
        // Without one it is asked for, and with another one.
        for wrong in [String::new(), basic("wa", "knock: once"), basic("", ""), basic(PASSWORD, "")]
        {
            let (status, head, body) = get(&sandbox, path, &format!("{host}{wrong}")).await;
            assert_eq!(status, 401, "{path} {wrong}");
            assert!(head.contains("www-authenticate: basic realm=\"sandbox\""), "{head}");
            assert!(!body.contains("knock"), "{body}");
        }
    }
    // The token of the API is no password.
    let token = format!("{host}authorization: Bearer {}\r\n", sandbox.token());
    assert_eq!(get(&sandbox, "/_sandbox", &token).await.0, 401);
    let twice = format!("{host}{}{}", basic("", PASSWORD), basic("", PASSWORD));
    assert_eq!(get(&sandbox, "/_sandbox", &twice).await.0, 403);
    for user in ["", "anybody"] {
        let headers = format!("{host}{}", basic(user, PASSWORD));
        assert_eq!(get(&sandbox, "/_sandbox", &headers).await.0, 200);
        assert_eq!(get(&sandbox, "/_sandbox/page.css", &headers).await.0, 200);
    }
}

#[tokio::test]
async fn a_web_site_with_a_name_of_its_own_is_refused_all_the_same() {
    // The first name is the one that the test finds it by.
    let sandbox = on_all_addresses().allow_host("localhost").allow_host("sandbox");
    let sandbox = sandbox.start().await.unwrap();
    let password = basic("", PASSWORD);
    let status = async |headers: &str| get(&sandbox, "/_sandbox", headers).await.0;
    for host in ["sandbox", "sandbox:80", "192.0.2.1:8080", "[2001:db8::1]", "localhost"] {
        assert_eq!(status(&format!("host: {host}\r\n{password}")).await, 200, "{host}");
        let origin = format!("host: {host}\r\norigin: http://{host}\r\n{password}");
        assert_eq!(status(&origin).await, 200, "{host}");
        // Something with TLS stands before it.
        let origin = format!("host: {host}\r\norigin: https://{host}\r\n{password}");
        assert_eq!(status(&origin).await, 200, "{host}");
        let origin = format!("host: {host}\r\norigin: http://evil.example\r\n{password}");
        assert_eq!(status(&origin).await, 403, "{host}");
    }
    for host in ["evil.example", "192.0.2.1.evil.example", "sandbox.evil.example"] {
        assert_eq!(status(&format!("host: {host}\r\n{password}")).await, 403, "{host}");
    }
}

#[tokio::test]
async fn the_api_takes_its_token_and_files_have_the_name_that_others_use() {
    let sandbox = on_all_addresses().start().await.unwrap();
    assert!(sandbox.base_url().starts_with("http://127.0.0.1:"), "{}", sandbox.base_url());
    client_of(&sandbox).send(&text()).await.unwrap();
    let named = on_all_addresses().allow_host("sandbox").start().await.unwrap();
    assert!(named.base_url().starts_with("http://sandbox:"), "{}", named.base_url());
}

/// On loopback alone it may have a password too.
#[tokio::test]
async fn a_password_is_asked_for_on_loopback_if_there_is_one() {
    let sandbox = Sandbox::builder().password(PASSWORD).start().await.unwrap();
    let host = "host: 127.0.0.1\r\n";
    assert_eq!(get(&sandbox, "/_sandbox", host).await.0, 401);
    let headers = format!("{host}{}", basic("", PASSWORD));
    assert_eq!(get(&sandbox, "/_sandbox", &headers).await.0, 200);
    let elsewhere = format!("host: 192.0.2.1\r\n{}", basic("", PASSWORD));
    assert_eq!(get(&sandbox, "/_sandbox", &elsewhere).await.0, 403);
}

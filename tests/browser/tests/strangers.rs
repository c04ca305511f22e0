//! Strangers: other sites and other names do not reach the page or the control.

use std::net::Ipv4Addr;

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wa_message_browser::{Browser, Page};
use wa_sandbox::{Fault, Sandbox};

use crate::common::{send, text};

/// The status of the answer to a request.
async fn status(sandbox: &Sandbox, request: &str) -> u16 {
    let mut stream = TcpStream::connect(&sandbox.base_url()["http://".len()..]).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(!answer.to_ascii_lowercase().contains("access-control-allow"), "{answer}");
    answer.split(' ').nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn another_host_and_another_site_are_refused_by_hand() {
    // It needs no browser, and stands beside what does.
    let sandbox = Sandbox::start().await.unwrap();
    let body = "{}";
    for (headers, expected) in [
        ("host: evil\r\n", 403),
        ("host: localhost\r\nsec-fetch-site: cross-site\r\n", 403),
        ("host: localhost\r\nsec-fetch-site: same-site\r\n", 403),
        ("host: localhost\r\norigin: null\r\n", 403),
        ("host: localhost\r\norigin: http://evil.example\r\n", 403),
        ("host: localhost\r\nsec-fetch-site: same-origin\r\n", 200),
    ] {
        let post = format!(
            "POST /_sandbox/reset HTTP/1.1\r\nconnection: close\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(status(&sandbox, &post).await, expected, "{headers}");
        let get = format!("GET / HTTP/1.1\r\nconnection: close\r\n{headers}\r\n");
        assert_eq!(status(&sandbox, &get).await, expected, "{headers}");
    }
}

/// A site that is not ours, in the browser: it tries what a site can try.
const SITE: &str = "<!DOCTYPE html><title>Elsewhere</title><body>";

async fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            // A browser opens connections before it needs them.
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{SITE}",
                    SITE.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    url
}

const TRIES: &str = "
    const [sandbox, done] = arguments;
    const tried = [];
    const attempt = async (name, work) => {
        try { tried.push([name, await work()]); } catch (error) { tried.push([name, 'refused']); }
    };
    const post = (body, headers, mode) => () =>
        fetch(`${sandbox}/_sandbox/faults`, { method: 'POST', body, headers, mode, credentials: 'include' }).then((answer) => answer.text());
    const body = JSON.stringify({ times: 5, fault: { code: 131016 } });
    (async () => {
        await attempt('json', post(body, { 'content-type': 'application/json' }, 'cors'));
        await attempt('header', post(body, { 'content-type': 'application/json', 'x-sandbox-page': '1' }, 'cors'));
        await attempt('plain', post(body, { 'content-type': 'text/plain' }, 'cors'));
        await attempt('blind', post(body, { 'content-type': 'text/plain' }, 'no-cors'));
        await attempt('beacon', async () => { navigator.sendBeacon(`${sandbox}/_sandbox/faults`, new Blob([body], { type: 'text/plain' })); return ''; });
        await attempt('read', () => fetch(`${sandbox}/_sandbox/received`).then((answer) => answer.text()));
        await attempt('page', () => fetch(sandbox).then((answer) => answer.text()));
        await attempt('events', () => new Promise((resolve, reject) => {
            const events = new EventSource(`${sandbox}/_sandbox/events`);
            events.onmessage = (event) => resolve(event.data);
            events.onerror = () => { events.close(); reject(); };
        }));
        await attempt('script', () => new Promise((resolve, reject) => {
            const script = document.createElement('script');
            script.src = `${sandbox}/_sandbox/page.js`;
            script.onload = () => resolve('loaded');
            script.onerror = reject;
            document.body.append(script);
        }));
        await attempt('frame', () => new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.src = sandbox;
            frame.onload = () => { try { resolve(frame.contentDocument?.body?.innerText ?? ''); } catch { resolve(''); } };
            document.body.append(frame);
        }));
        await attempt('form', () => new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.name = 'target';
            document.body.append(frame);
            const form = Object.assign(document.createElement('form'), { action: `${sandbox}/_sandbox/reset`, method: 'POST', target: 'target', enctype: 'text/plain' });
            document.body.append(form);
            frame.onload = () => resolve('');
            form.submit();
            setTimeout(() => resolve(''), 1000);
        }));
        done(tried);
    })();
";

#[tokio::test]
async fn another_site_in_the_browser_reads_and_does_nothing() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    send(&sandbox, &text("A secret")).await;
    let site = site().await;
    // Under both names: the port makes another origin, the name another site.
    for site in [site.clone(), site.replace("127.0.0.1", "localhost")] {
        browser.open(&site).await;
        let tried = browser.script_until_done(TRIES, &[json!(sandbox.base_url())]).await;
        let tried = tried.as_array().unwrap();
        assert_eq!(tried.len(), 11, "{tried:?}");
        for attempt in tried {
            let got = attempt[1].as_str().unwrap();
            assert!(got.is_empty() || got == "refused", "{attempt}");
        }
    }
    // Nothing was switched on, and nothing was cleared.
    send(&sandbox, &text("Still there")).await;
    assert_eq!(sandbox.received().len(), 2);
    sandbox.fail_next(1, Fault::Code(131_016));

    // The page has no cookies, and nothing stays in the browser.
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.messages(2).await;
    let kept = "return [document.cookie, localStorage.length, sessionStorage.length]";
    assert_eq!(browser.script(kept, &[]).await, json!(["", 0, 0]));
    let text = browser.script("return document.documentElement.outerHTML", &[]).await;
    assert!(!text.as_str().unwrap().contains(sandbox.token()));
    let opener = browser.script("return window.opener", &[]).await;
    assert_eq!(opener, Value::Null);
}

/// Other machines may reach it with a password alone. A browser asks for it, and has it for all that the page calls.
#[tokio::test]
async fn a_password_opens_the_page_and_all_that_it_calls() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::builder().listen(Ipv4Addr::UNSPECIFIED).password("knock twice");
    let sandbox = sandbox.start().await.unwrap();
    let url = sandbox.base_url();
    browser.open(&url).await;
    let state = "return document.getElementById('state')";
    assert_eq!(browser.script(state, &[]).await, Value::Null);
    // As if somebody had answered the browser, for whose question there is no driver.
    let known = url.replace("http://", "http://:knock%20twice@");
    browser.open(&known).await;
    let page = Page::open(&browser, &url).await;
    send(&sandbox, &text("Inside")).await;
    page.shows("Inside").await;
    // A call and its answer.
    page.tool("faults").await;
    browser.click("#fault-form button").await;
    browser.until("return !document.getElementById('armed').hidden", &[]).await;
}

#[tokio::test]
async fn an_address_with_the_password_opens_the_page_and_its_calls() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::builder().password("a long one").start().await.unwrap();
    send(&sandbox, &text("Hello")).await;
    let url = sandbox.base_url().replacen("http://", "http://wa:a%20long%20one@", 1);
    let page = Page::open(&browser, &url).await;
    page.shows("Hello").await;
    page.tool("faults").await;
    browser.click("#fault-form > button").await;
    browser.until("return !document.getElementById('armed').hidden", &[]).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

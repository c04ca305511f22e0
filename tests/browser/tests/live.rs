//! Each tab hears of all that happens, once, whatever becomes of the connection.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use std::time::Duration;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
    time::sleep,
};
use wa_message_browser::{Browser, Page};
use wa_sandbox::Sandbox;

use crate::common::{send, text, with_webhooks};

#[tokio::test]
async fn two_tabs_show_the_same_and_a_reload_shows_it_again() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    send(&sandbox, &text("Before")).await;
    let one = browser.tab().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let two = browser.new_tab().await;
    let other = Page::open(&browser, &sandbox.base_url()).await;
    other.messages(1).await;
    other.converse("+15550101").await;
    browser.write("#composer input[name=text]", "From the customer").await;
    browser.click("#composer > button").await;
    send(&sandbox, &text("Behind it")).await;
    other.messages(3).await;
    let here = other.texts().await;
    browser.go_to(&one).await;
    page.messages(3).await;
    assert_eq!(page.texts().await, here);
    for (text, expected) in here.iter().zip(["Before", "From the customer", "Behind it"]) {
        assert!(text.contains(expected), "{here:?}");
    }
    browser.reload().await;
    page.messages(3).await;
    assert_eq!(page.texts().await, here);

    // What is cleared in one is cleared in both.
    browser.click("#reset").await;
    page.messages(0).await;
    browser.go_to(&two).await;
    other.messages(0).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

/// A browser has six connections to an address for all of its tabs.
#[tokio::test]
async fn many_tabs_leave_each_other_room() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let one = browser.tab().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    send(&sandbox, &text("Before")).await;
    page.messages(1).await;
    for _ in 0..8 {
        browser.new_tab().await;
        Page::open(&browser, &sandbox.base_url()).await.messages(1).await;
    }
    send(&sandbox, &text("Meanwhile")).await;
    browser.go_to(&one).await;
    page.messages(2).await;
    page.converse("+15550101").await;
    browser.write("#composer input[name=text]", "From the customer").await;
    browser.click("#composer > button").await;
    page.messages(3).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn what_cannot_be_done_without_a_sandbox_is_told() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.converse("+15550101").await;
    drop(sandbox);
    let away =
        "return document.getElementById('state').textContent === 'Not connected; trying again'";
    browser.until(away, &[]).await;
    browser.write("#composer input[name=text]", "Hello").await;
    browser.click("#composer > button").await;
    let says = "return document.getElementById('told').open && document.getElementById('told-text').textContent";
    assert_eq!(browser.until(says, &[]).await, "The sandbox does not answer.");
    // It is still there for the next one.
    let text = "return document.querySelector('#composer input[name=text]').value";
    assert_eq!(browser.script(text, &[]).await, "Hello");
}

/// The numbers of the messages that are in the page, which follow each other.
async fn numbers(browser: &Browser) -> Vec<u64> {
    let script = "return [...document.querySelectorAll('#log article')].map((each) => Number(/\\d+/.exec(each.innerText)[0]))";
    let numbers = browser.script(script, &[]).await;
    let numbers: Vec<_> =
        numbers.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    assert!(numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{numbers:?}");
    assert!(numbers.len() <= 600, "{} are in the page", numbers.len());
    numbers
}

#[tokio::test]
async fn a_long_conversation_is_there_from_its_first_message_to_its_last() {
    const MESSAGES: u64 = 900;
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    for number in 1..=MESSAGES {
        send(&sandbox, &text(&format!("{number}"))).await;
    }
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.messages(200).await;
    assert_eq!(numbers(&browser).await.last(), Some(&MESSAGES));
    // By scrolling alone, as one does.
    let scroll = async |to: &str, until: &str| {
        let script = format!(
            "document.getElementById('chat').scrollTo({{ top: {to}, behavior: 'instant' }}); return document.getElementById('{until}').hidden"
        );
        let mut seen = numbers(&browser).await;
        for _ in 0..60 {
            if browser.script(&script, &[]).await == true {
                return numbers(&browser).await;
            }
            // It brings more a moment later.
            sleep(Duration::from_millis(150)).await;
            seen = numbers(&browser).await;
        }
        panic!("it does not end: {:?} to {:?}", seen.first(), seen.last());
    };
    assert_eq!(scroll("0", "earlier").await.first(), Some(&1));
    // What comes meanwhile does not move what one reads.
    send(&sandbox, &text(&format!("{}", MESSAGES + 1))).await;
    browser.until("return !document.getElementById('newer').hidden", &[]).await;
    assert_eq!(numbers(&browser).await.first(), Some(&1));
    assert_eq!(scroll("1e9", "newer").await.last(), Some(&(MESSAGES + 1)));
    send(&sandbox, &text(&format!("{}", MESSAGES + 2))).await;
    page.shows(&format!("{}", MESSAGES + 2)).await;
    let at_end = "const chat = document.getElementById('chat'); return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 5";
    browser.until(at_end, &[]).await;
    numbers(&browser).await;
    assert_eq!(browser.wrong().await, [""; 0]);
}

/// Something between the browser and the sandbox that can be cut.
struct Wire {
    url: String,
    is_cut: Arc<AtomicBool>,
    cuts: Arc<Notify>,
    server: JoinHandle<()>,
}

impl Wire {
    async fn to(sandbox: &Sandbox) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let to = sandbox.base_url()["http://".len()..].to_owned();
        let (is_cut, cuts) = (Arc::new(AtomicBool::new(false)), Arc::new(Notify::new()));
        let (refuses, cut) = (Arc::clone(&is_cut), Arc::clone(&cuts));
        let server = tokio::spawn(async move {
            loop {
                let (mut from, _) = listener.accept().await.unwrap();
                if refuses.load(Ordering::SeqCst) {
                    continue;
                }
                let (to, cut) = (to.clone(), Arc::clone(&cut));
                tokio::spawn(async move {
                    let mut to = TcpStream::connect(to).await.unwrap();
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut from, &mut to) => {}
                        () = cut.notified() => {}
                    }
                });
            }
        });
        Self { url, is_cut, cuts, server }
    }

    fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.cuts.notify_waiters();
    }

    fn mend(&self) {
        self.is_cut.store(false, Ordering::SeqCst);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.server.abort();
    }
}

#[tokio::test]
async fn what_comes_while_a_tab_is_away_appears_once_when_it_is_back() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let wire = Wire::to(&sandbox).await;
    let page = Page::open(&browser, &wire.url).await;
    send(&sandbox, &text("Before")).await;
    page.messages(1).await;
    for round in 1..=2 {
        wire.cut();
        let away =
            "return document.getElementById('state').textContent.startsWith('Not connected')";
        browser.until(away, &[]).await;
        send(&sandbox, &text(&format!("Meanwhile {round}"))).await;
        wire.mend();
        page.connected().await;
        page.messages(1 + round).await;
    }
    send(&sandbox, &text("Afterwards")).await;
    page.messages(4).await;
    let texts = page.texts().await;
    for (text, expected) in texts.iter().zip(["Before", "Meanwhile 1", "Meanwhile 2", "Afterwards"])
    {
        assert!(text.contains(expected), "{texts:?}");
    }
}

#[tokio::test]
async fn a_page_that_stays_open_shows_the_next_sandbox_on_its_port() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let port = sandbox.base_url().rsplit(':').next().unwrap().parse().unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    for at in 1..=3 {
        send(&sandbox, &text(&format!("Old {at}"))).await;
    }
    page.messages(3).await;
    sandbox.shutdown().await.unwrap();
    let sandbox = Sandbox::builder().port(port).start().await.unwrap();
    send(&sandbox, &text("New")).await;
    page.shows("New").await;
    page.messages(1).await;
}

//! The page in a browser: what somebody sees and does there.

use serde_json::{Value, json};

use crate::session::Browser;

/// A tab with the page.
pub struct Page<'b> {
    browser: &'b Browser,
}

impl<'b> Page<'b> {
    /// Opens the page of a sandbox, and waits until it shows what has happened.
    pub async fn open(browser: &'b Browser, url: &str) -> Self {
        browser.open(url).await;
        let page = Self { browser };
        page.connected().await;
        page
    }

    /// Waits until the page hears of what happens.
    pub async fn connected(&self) {
        let script = "return document.getElementById('state')?.textContent === 'Connected'";
        self.browser.until(script, &[]).await;
    }

    /// Waits until so many messages are in the conversation.
    pub async fn messages(&self, count: usize) {
        let script =
            "return document.querySelectorAll('#log > li article').length === arguments[0]";
        self.browser.until(script, &[json!(count)]).await;
    }

    /// Waits until a message has a text.
    pub async fn shows(&self, text: &str) {
        let script = "return [...document.querySelectorAll('#log article')].some((each) => each.textContent.includes(arguments[0]))";
        self.browser.until(script, &[json!(text)]).await;
    }

    /// Returns the texts of the messages, in their order.
    pub async fn texts(&self) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('#log article')].map((each) => each.innerText)";
        let texts = self.browser.script(script, &[]).await;
        let texts = texts.as_array().map(Vec::as_slice).unwrap_or_default();
        texts.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Opens the conversation with a customer.
    pub async fn converse(&self, customer: &str) {
        self.browser.write("#new-customer input", customer).await;
        self.browser.click("#new-customer button").await;
        let script = "return document.getElementById('name').textContent.includes(arguments[0])";
        self.browser.until(script, &[json!(customer.trim_start_matches('+'))]).await;
    }

    /// Opens one of the tools.
    pub async fn tool(&self, name: &str) {
        self.browser.click(&format!("#tab-{name}")).await;
    }
}

//! A browser that is driven: calls of the `WebDriver` protocol, and of the tools for developers behind it.

use std::{env, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::{Instant, sleep},
};

use crate::{
    axe::{self, Finding},
    driver::{BROWSER, Driver},
};

/// How long something may take that a test waits for.
const WITHIN: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);
/// How many browsers run at the same time: each of them is several processes.
static BROWSERS: Semaphore = Semaphore::const_new(2);

/// What runs in each page before its own script: it notes what must not happen.
const WATCH: &str = r#"
    window.seen = [];
    addEventListener("securitypolicyviolation", (event) => seen.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    addEventListener("error", (event) => seen.push(`error: ${event.message}`), true);
    addEventListener("unhandledrejection", (event) => seen.push(`rejection: ${event.reason}`));
"#;

/// A browser with one session. It ends when it is dropped.
pub struct Browser {
    http: reqwest::Client,
    /// The address of the session.
    session: String,
    // In this order: the driver ends the browser, then its folder goes.
    driver: Driver,
    _folder: TempDir,
    _permit: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts a browser, or says that the test is skipped.
    pub async fn start() -> Option<Self> {
        Self::of_size(1280, 900).await
    }

    /// Starts a browser with a window of this size.
    pub async fn of_size(width: u32, height: u32) -> Option<Self> {
        let permit = BROWSERS.acquire().await.ok()?;
        let Some(driver) = Driver::start() else {
            println!("skipped: there is no browser; `cargo xtask browser` runs this test in one");
            return None;
        };
        let folder = TempDir::new().expect("a folder can be made");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Or else what is to be clicked still moves.
            "--force-prefers-reduced-motion",
            "--lang=en",
        ];
        let mut arguments: Vec<_> = arguments.map(str::to_owned).into();
        arguments.push(format!("--user-data-dir={}", folder.path().display()));
        arguments.push(format!("--window-size={width},{height}"));
        let mut options = json!({ "args": arguments });
        if let Ok(browser) = env::var(BROWSER) {
            options["binary"] = browser.into();
        }
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            // A dialog that nobody expects stays, so that a test sees it.
            "unhandledPromptBehavior": "ignore",
        } } });
        let http = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
        let mut browser =
            Self { http, session: driver.url(), driver, _folder: folder, _permit: permit };
        let session = browser.call(Method::POST, "/session", &capabilities).await;
        let id = session["sessionId"].as_str().expect("a session has an id").to_owned();
        browser.driver.browser = session["capabilities"]["goog:processID"].as_u64();
        browser.session = format!("{}/session/{id}", browser.session);
        browser.watch().await;
        Some(browser)
    }

    async fn call(&self, method: Method, path: &str, body: &Value) -> Value {
        self.asked(method, path, body).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Calls the driver. What it refuses is an error with its words.
    async fn asked(&self, method: Method, path: &str, body: &Value) -> Result<Value, String> {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.session));
        if method == Method::POST {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.timeout(2 * WITHIN).send().await.map_err(|error| error.to_string())?;
        let text = answer.text().await.map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let value = answer["value"].take();
        match value.get("error").and_then(Value::as_str) {
            Some(error) => {
                Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default()))
            }
            None => Ok(value),
        }
    }

    /// Calls the tools for developers.
    pub async fn tools(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.call(Method::POST, "/goog/cdp/execute", &body).await
    }

    /// Notes in each page of this tab what must not happen.
    async fn watch(&self) {
        self.tools("Page.enable", json!({})).await;
        self.tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    }

    /// Loads an address.
    pub async fn open(&self, url: &str) {
        self.call(Method::POST, "/url", &json!({ "url": url })).await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.call(Method::POST, "/refresh", &json!({})).await;
    }

    /// Runs a script, and returns what it returns. Arguments are in `arguments`.
    pub async fn script(&self, script: &str, arguments: &[Value]) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.call(Method::POST, "/execute/sync", &body).await
    }

    /// Runs a script that calls its last argument when it is done, with what is returned.
    pub async fn script_until_done(&self, script: &str, arguments: &[Value]) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.call(Method::POST, "/execute/async", &body).await
    }

    /// Waits until a script returns something that is true, and returns it.
    pub async fn until(&self, script: &str, arguments: &[Value]) -> Value {
        let what = async || {
            let value = self.script(script, arguments).await;
            let is_there = !matches!(value, Value::Null | Value::Bool(false));
            is_there.then_some(value)
        };
        if let Some(value) = until(what).await {
            return value;
        }
        let shown = self.script("return document.body.innerText", &[]).await;
        panic!("not within {WITHIN:?}: {script}\n{}", shown.as_str().unwrap_or_default());
    }

    /// Waits until there is an element, and returns how the driver calls it.
    pub async fn find(&self, selector: &str) -> String {
        let body = json!({ "using": "css selector", "value": selector });
        let found = until(async || self.asked(Method::POST, "/element", &body).await.ok()).await;
        let found = found.unwrap_or_else(|| panic!("there is no {selector}"));
        let id = found.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        id.expect("an element has an id").to_owned()
    }

    /// Clicks as a mouse does: what lies over the element would get it.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        let path = format!("/element/{element}/click");
        let mut says = String::new();
        let clicked = until(async || {
            match self.asked(Method::POST, &path, &json!({})).await {
                Ok(_) => Some(()),
                // It moves while messages come.
                Err(error) => {
                    says = error;
                    None
                }
            }
        });
        assert!(clicked.await.is_some(), "{selector}: {says}");
    }

    /// Types where the focus is. The code points of the protocol stand for keys.
    pub async fn keys(&self, keys: &str) {
        let active = self.call(Method::GET, "/element/active", &Value::Null).await;
        let id = active.as_object().and_then(|found| found.values().next()).and_then(Value::as_str);
        let path = format!("/element/{}/value", id.expect("something has the focus"));
        // One after the other: a key may move the focus.
        self.call(Method::POST, &path, &json!({ "text": keys })).await;
    }

    /// Presses one key and lets it go.
    pub async fn press(&self, key: &str) {
        let actions =
            json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        let body = json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] });
        self.call(Method::POST, "/actions", &body).await;
    }

    /// Types into an element.
    pub async fn write(&self, selector: &str, text: &str) {
        let element = self.find(selector).await;
        let path = format!("/element/{element}/value");
        self.call(Method::POST, &path, &json!({ "text": text })).await;
    }

    /// Opens a tab and goes there.
    pub async fn new_tab(&self) -> String {
        let made = self.call(Method::POST, "/window/new", &json!({ "type": "tab" })).await;
        let tab = made["handle"].as_str().expect("a tab has a handle").to_owned();
        self.go_to(&tab).await;
        self.watch().await;
        tab
    }

    /// Returns the tab that one is in.
    pub async fn tab(&self) -> String {
        let tab = self.call(Method::GET, "/window", &Value::Null).await;
        tab.as_str().expect("a tab has a handle").to_owned()
    }

    /// Goes to a tab.
    pub async fn go_to(&self, tab: &str) {
        self.call(Method::POST, "/window", &json!({ "handle": tab })).await;
    }

    /// Returns the handles of all tabs.
    pub async fn tabs(&self) -> Value {
        self.call(Method::GET, "/window/handles", &Value::Null).await
    }

    /// Wants dark pages, or light ones.
    pub async fn prefers(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.tools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Returns whether a dialog of the browser is open.
    pub async fn has_dialog(&self) -> bool {
        self.asked(Method::GET, "/alert/text", &Value::Null).await.is_ok()
    }

    /// Returns what went wrong in this page: what the log of the browser says, reports of the policy, and errors.
    pub async fn wrong(&self) -> Vec<String> {
        let log = self.call(Method::POST, "/se/log", &json!({ "type": "browser" })).await;
        let entries = log.as_array().map(Vec::as_slice).unwrap_or_default();
        let bad = entries
            .iter()
            .filter(|entry| ["SEVERE", "WARNING"].iter().any(|level| entry["level"] == *level));
        let mut wrong: Vec<_> = bad.map(|entry| text(&entry["message"])).collect();
        let seen = self.script("return window.seen ?? ['the page is not watched']", &[]).await;
        wrong.extend(seen.as_array().map(Vec::as_slice).unwrap_or_default().iter().map(text));
        wrong
    }

    /// Takes a picture of what the window shows, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        png(&self.call(Method::GET, "/screenshot", &Value::Null).await)
    }

    /// Takes a picture of an element.
    pub async fn picture_of(&self, selector: &str) -> Vec<u8> {
        let element = self.find(selector).await;
        png(&self.call(Method::GET, &format!("/element/{element}/screenshot"), &Value::Null).await)
    }

    /// Takes a picture of the whole document, also of what is outside of the window.
    pub async fn picture_of_all(&self) -> Vec<u8> {
        let parameters = json!({ "format": "png", "captureBeyondViewport": true });
        png(&self.tools("Page.captureScreenshot", parameters).await["data"])
    }

    /// Returns what axe-core finds in the page, if it is there.
    pub async fn findings(&self) -> Option<Vec<Finding>> {
        axe::findings(self).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn png(value: &Value) -> Vec<u8> {
    STANDARD.decode(value.as_str().unwrap_or_default()).expect("a picture is in Base64")
}

/// Asks until there is something.
async fn until<T>(mut what: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = what().await {
            return Some(found);
        }
        if start.elapsed() > WITHIN {
            return None;
        }
        sleep(PAUSE).await;
    }
}

//! Writes pictures of each kind of message and of each view of the page, light and dark, and all kinds beside each other:
//! `pictures FOLDER`. `cargo xtask browser --pictures` runs it.
#![allow(clippy::expect_used, clippy::panic)] // It is a tool of the workspace.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use wa_message_browser::{Browser, Page};
use wa_sandbox::{Fault, Faults, Sandbox, Webhooks};

const CUSTOMER: &str = "+15550101";

#[tokio::main]
async fn main() {
    let folder = env::args().nth(1).expect("the first argument is a folder");
    let folder = Path::new(&folder).join("pictures");
    let browser = Browser::of_size(1400, 1000).await.expect("there is a browser");
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // Nobody takes the webhooks, but the customer can act.
    let sandbox = Sandbox::builder()
        .webhooks(Webhooks::to("http://127.0.0.1:9/webhook", "a-secret").without_statuses())
        .start()
        .await
        .expect("a sandbox starts");
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.converse(CUSTOMER).await;
    let names = fill(&browser, &sandbox, &tests).await;
    for scheme in ["light", "dark"] {
        let into = folder.join(scheme);
        fs::create_dir_all(&into).expect("a folder can be made");
        browser.prefers(scheme).await;
        size(&browser, 1400, 2400).await;
        for (at, name) in names.iter().enumerate() {
            let selector = format!("#log > li:nth-child({}) article", at + 1);
            // Not under what stands below the conversation.
            let show = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
            browser.script(show, &[json!(selector)]).await;
            save(&into.join(format!("{name}.png")), browser.picture_of(&selector).await);
        }
        size(&browser, 1400, 1000).await;
        views(&browser, &page, &sandbox, &into).await;
    }
    for scheme in ["light", "dark"] {
        sheet(&browser, &folder, scheme, &names).await;
    }
    println!("wrote {} pictures to {}", 2 * names.len(), folder.display());
}

fn read(folder: PathBuf) -> Vec<(String, Value)> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("the folder can be read")
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    paths.sort();
    let one = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("the file can be read");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (name, serde_json::from_str(&text).expect("it is JSON"))
    };
    paths.iter().map(one).collect()
}

/// Sends an example of each kind, templates that are filled in, and a refused request; returns their names in the order of
/// the conversation.
async fn fill(browser: &Browser, sandbox: &Sandbox, tests: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut bodies = read(tests.join("examples"));
    bodies.retain(|(_, body)| body.get("status").is_none());
    let cases =
        fs::read_to_string(tests.join("templates/cases/cases.json")).expect("there are cases");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("they are JSON");
    for case in cases.iter().filter(|case| case.get("errors").is_none()) {
        let template = case["template"]["name"].as_str().unwrap_or_default();
        let name = format!("filled_{template}");
        // Those are refused, as they are not approved.
        let is_state = template.starts_with("state_");
        if !is_state && bodies.iter().all(|(known, _)| *known != name) {
            let body = json!({ "messaging_product": "whatsapp", "type": "template", "template": case["template"] });
            bodies.push((name, body));
        }
    }
    let long = json!({ "messaging_product": "whatsapp", "type": "text", "text": { "body": LONG, "preview_url": true } });
    bodies.push(("formatted".to_owned(), long));
    let wrong = json!({ "messaging_product": "whatsapp", "type": "text", "text": { "body": "Hello", "colour": "red" } });
    bodies.push(("refused".to_owned(), wrong));
    let definitions = read(tests.join("templates/definitions"));
    let url = format!("{}/v23.0/{}/messages", sandbox.base_url(), sandbox.phone_number_id());
    let client = reqwest::Client::new();
    let mut knows_templates = false;
    for (name, mut body) in bodies {
        // The examples before are drawn without definitions.
        if name.starts_with("filled_") && !std::mem::replace(&mut knows_templates, true) {
            for (_, definition) in &definitions {
                let url = format!("{}/_sandbox/templates", sandbox.base_url());
                let request = client.post(url).header("content-type", "application/json");
                let answer =
                    request.body(definition.to_string()).send().await.expect("the sandbox answers");
                assert!(
                    answer.status().is_success(),
                    "{}",
                    answer.text().await.unwrap_or_default()
                );
            }
        }
        body["to"] = CUSTOMER.into();
        if let Some(members) = body.as_object_mut() {
            members.remove("recipient");
            if members.get("type") != Some(&json!("pin")) {
                members.remove("recipient_type");
            }
        }
        let request = client.post(&url).bearer_auth(sandbox.token()).body(body.to_string());
        let answer = request.header("content-type", "application/json").send().await;
        let answer = answer.expect("the sandbox answers");
        if !answer.status().is_success() && name != "refused" {
            println!("{name} was refused: {}", answer.text().await.unwrap_or_default());
        }
        names.push(name);
        let count = "return document.querySelectorAll('#log > li').length >= arguments[0]";
        browser.until(count, &[names.len().into()]).await;
    }
    let customer = sandbox.customer(CUSTOMER).named("Ada");
    let said = customer.says("Thank you, it is *lovely*.").and_then(|_| customer.reacts("🍞"));
    said.expect("the customer can act");
    names
}

const LONG: &str = "*Bold*, _italic_, ~struck~, `code` and *_both_*\n- one\n- two\n\n1. first\n2. second\n> a quote\n```let x = 1;```\nשלום! הטבלה שלך *מוכנה*.\n👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈🇧🇷\nSee https://example.org/a_b?c=d.";

/// Pictures of the page as somebody uses it.
async fn views(browser: &Browser, page: &Page<'_>, sandbox: &Sandbox, into: &Path) {
    let shot =
        async |name: &str| save(&into.join(format!("view_{name}.png")), browser.picture().await);
    let end = "document.getElementById('chat').scrollTo({ top: 1e9, behavior: 'instant' })";
    browser.script(end, &[]).await;
    page.tool("entry").await;
    shot("conversation").await;
    browser.click("#log .refused .meta button").await;
    browser.until("return document.querySelector('#entry pre')", &[]).await;
    shot("refused").await;
    browser.click("#log .wa-sheet > summary").await;
    browser.until("return document.getElementById('list').open", &[]).await;
    shot("list").await;
    browser.click("#list form button").await;
    sandbox.fail_next(2, Fault::Code(131_016));
    page.tool("faults").await;
    browser.until("return !document.getElementById('armed').hidden", &[]).await;
    shot("faults").await;
    sandbox.set_faults(Faults::none());
    for tool in ["requests", "ledger", "webhooks", "builder"] {
        page.tool(tool).await;
        if tool == "builder" {
            browser.script("document.getElementById('draft').value = ''", &[]).await;
            browser.write("#draft", "<button> to: \"+15550101\", body: \"Keep it?\", buttons: [{ id: \"y\", title: \"A title of more than twenty\" }]").await;
            browser.until("return document.querySelector('#drawn .problem')", &[]).await;
        }
        shot(tool).await;
    }
    asked(browser, into, "").await;
    size(browser, 390, 844).await;
    asked(browser, into, "_narrow").await;
    page.tool("ledger").await;
    browser.script("document.getElementById('ledger').scrollIntoView()", &[]).await;
    shot("ledger_narrow").await;
    page.tool("entry").await;
    // They would take width from the picture, and not from the page.
    browser.tools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
    browser.script(end, &[]).await;
    save(&into.join("view_narrow.png"), browser.picture_of_all().await);
    browser.tools("Emulation.setScrollbarsHidden", json!({ "hidden": false })).await;
}

/// Pictures of what a tap asks for, of a status by hand, and of the name of a customer.
async fn asked(browser: &Browser, into: &Path, end: &str) {
    let shot = async |name: &str| {
        save(&into.join(format!("view_{name}{end}.png")), browser.picture().await);
    };
    browser.click("#log button[data-answer=shares]").await;
    browser.until("return document.getElementById('asks').open", &[]).await;
    browser.click("#asks-more summary").await;
    shot("asks").await;
    browser.click("#asks-close").await;
    browser.click("#log .out:not(.refused) .meta button").await;
    browser.until("return document.querySelector('#entry select')", &[]).await;
    browser.write("#entry select", "failed").await;
    browser.write("#entry input[name=code]", "131026").await;
    shot("status").await;
    browser.click("#rename").await;
    shot("name").await;
    browser.click("#naming-close").await;
}

/// All kinds beside each other.
async fn sheet(browser: &Browser, folder: &Path, scheme: &str, names: &[String]) {
    let figures = names.iter().map(|name| {
        format!(
            "<figure><img src=\"{scheme}/{name}.png\"><figcaption>{name}</figcaption></figure>\n"
        )
    });
    let back = if scheme == "light" { "#e9e6e0; color: #000" } else { "#0d1411; color: #fff" };
    let html = format!(
        "<!DOCTYPE html><meta charset=utf-8><title>{scheme}</title><style>body {{ columns: 5; margin: 8px; background: {back}; \
         font: 12px sans-serif }} figure {{ break-inside: avoid; margin: 0 0 12px }} img {{ max-width: 100%; display: block }}</style>\n{}",
        figures.collect::<String>()
    );
    let path = folder.join(format!("{scheme}.html"));
    save(&path, html.into_bytes());
    let path = fs::canonicalize(path).expect("it was written");
    size(browser, 1900, 1000).await;
    browser.open(&format!("file://{}", path.display())).await;
    save(&folder.join(format!("{scheme}.png")), browser.picture_of_all().await);
}

async fn size(browser: &Browser, width: u32, height: u32) {
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser.tools("Emulation.setDeviceMetricsOverride", size).await;
}

fn save(path: &Path, bytes: Vec<u8>) {
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

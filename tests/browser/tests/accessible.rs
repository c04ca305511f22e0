//! Access: axe-core finds nothing serious, light and dark.

use wa_message_browser::{Browser, Page};

use crate::common::{examples, post, text, with_webhooks};

async fn check(browser: &Browser, view: &str) -> bool {
    let Some(findings) = browser.findings().await else {
        println!("skipped: there is no axe-core, which `cargo xtask browser` gets with npm");
        return false;
    };
    let bad: Vec<_> = findings
        .iter()
        .filter(|found| ["serious", "critical"].contains(&&*found.impact))
        .map(|found| found.says.as_str())
        .collect();
    assert!(bad.is_empty(), "{view}:\n{}", bad.join("\n"));
    for found in findings {
        println!("{view}: {}: {}", found.impact, found.says);
    }
    true
}

#[tokio::test]
async fn nothing_serious_is_found_light_or_dark() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    for (name, mut body) in examples() {
        body["to"] = "+15550101".into();
        body.as_object_mut().unwrap().remove("recipient");
        let (status, answer) = post(&sandbox, &body).await;
        assert!([200, 400].contains(&status), "{name}: {answer}");
    }
    post(&sandbox, &text("")).await;
    let customer = sandbox.customer("+15550101").named("Ada");
    customer.says("Hello").unwrap();
    sandbox.customer("+15550102").says("From somebody else").unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    page.converse("+15550101").await;
    for scheme in ["light", "dark"] {
        browser.prefers(scheme).await;
        page.tool("entry").await;
        if !check(&browser, &format!("{scheme}, messages")).await {
            return;
        }
        browser.click("#log .wa-sheet > summary").await;
        browser.until("return document.getElementById('list').open", &[]).await;
        check(&browser, &format!("{scheme}, a list that is open")).await;
        browser.click("#list form button").await;
        browser.click("#log li:last-child .meta button").await;
        browser.until("return document.querySelector('#entry pre')", &[]).await;
        check(&browser, &format!("{scheme}, details")).await;
        for tool in ["faults", "requests", "ledger", "webhooks", "builder"] {
            page.tool(tool).await;
            if tool == "builder" {
                browser.script("document.getElementById('draft').value = ''", &[]).await;
                browser
                    .write("#draft", "<text> to: \"+15550101\", body: \"Hello\", colour: 1")
                    .await;
                browser.until("return document.querySelector('#drawn .problem')", &[]).await;
            }
            check(&browser, &format!("{scheme}, {tool}")).await;
        }
        sandbox.fail_next(3, wa_sandbox::Fault::Code(131_016));
        browser.until("return !document.getElementById('armed').hidden", &[]).await;
        check(&browser, &format!("{scheme}, faults are on")).await;
        browser.script("document.getElementById('told-text').textContent = 'It was refused.'; document.getElementById('told').showModal()", &[]).await;
        check(&browser, &format!("{scheme}, a dialog")).await;
        browser.script("document.getElementById('told').close()", &[]).await;
        sandbox.set_faults(wa_sandbox::Faults::none());
    }
}

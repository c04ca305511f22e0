//! Hostile texts: what comes from outside is a text in the page, and never a part of it.

use serde_json::{Value, json};
use wa_message_browser::{Browser, Page};
use wa_sandbox::Sandbox;

use crate::common::{post, send, text, with_webhooks};

const HOSTILE: [&str; 12] = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "</script></template></li></ol><script>window.hacked = 1</script>",
    "\"><svg onload=window.hacked=1>'\"`{{constructor.constructor('window.hacked=1')()}}",
    "<a href=javascript:window.hacked=1>javascript:window.hacked=1</a>",
    "*<b>*_<i>_~<u>~```</code><script>window.hacked=1</script>```",
    "<style>*{display:none}</style><link rel=stylesheet href=//evil.example>",
    "\u{202e}elif live a\u{2066}\u{202d} \u{200f}\u{0}\u{7}\u{1b}[31m",
    "<iframe src=//evil.example></iframe><form action=//evil.example><input name=a></form>",
    "<base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt; &#60;img src=x onerror=window.hacked=1&#62;",
    "data: \n\nid: 99999\nevent: whole\ndata: {}\n\n\u{2028}\u{2029}",
];

/// What the page is made of, apart from texts. Theirs would add to it.
const ELEMENTS: &str = "return [...document.querySelectorAll('script, img, iframe, form, style, link, meta, base, object, embed, input, svg [onload], a')]
    .filter((each) => !(each.matches('a') && /^https?:/.test(each.href))).length";

async fn is_inert(browser: &Browser, before: &Value) {
    assert_eq!(browser.script("return window.hacked ?? null", &[]).await, Value::Null);
    assert_eq!(&browser.script(ELEMENTS, &[]).await, before);
    let attributes = "return [...document.querySelectorAll('*')].flatMap((each) => [...each.attributes])
        .filter((each) => each.name.startsWith('on') || each.name === 'style' || (/^(href|src|action|formaction)$/.test(each.name) && /^\\s*(javascript|data):(?!,$)/i.test(each.value))).map((each) => each.name)";
    assert_eq!(browser.script(attributes, &[]).await, json!([]));
    let wide =
        "const chat = document.getElementById('chat'); return chat.scrollWidth <= chat.clientWidth";
    assert_eq!(browser.script(wide, &[]).await, true);
    assert!(!browser.has_dialog().await);
    assert_eq!(browser.wrong().await, [""; 0]);
}

#[tokio::test]
async fn texts_and_names_of_strangers_stay_texts() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let before = browser.script(ELEMENTS, &[]).await;
    let mut count = 0;
    for hostile in HOSTILE {
        send(&sandbox, &text(hostile)).await;
        // A name has no control characters; the sandbox refuses them.
        let name = hostile.replace(char::is_control, "");
        let customer = sandbox.customer("+15550101").named(name);
        customer.says(hostile).unwrap();
        customer.reacts(hostile).unwrap();
        let id = hostile.trim();
        let button = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "interactive",
            "interactive": { "type": "button", "body": { "text": hostile }, "footer": { "text": "F" },
                "action": { "buttons": [{ "type": "reply", "reply": { "id": id, "title": "\"><s>'" } }] } } });
        send(&sandbox, &button).await;
        let document = json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "document",
            "document": { "id": "17", "filename": hostile, "caption": hostile } });
        send(&sandbox, &document).await;
        count += 5;
        page.messages(count).await;
    }
    is_inert(&browser, &before).await;
    // The place of the cursor, and of everything around a text, is not theirs.
    let name = browser.script("return document.getElementById('name').textContent", &[]).await;
    assert!(name.as_str().unwrap().contains("15550101"), "{name}");
}

#[tokio::test]
async fn refused_requests_and_drafts_of_strangers_stay_texts() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let before = browser.script(ELEMENTS, &[]).await;
    // Some are customers of their own, whose conversations are not open.
    for hostile in HOSTILE {
        let bodies = [
            json!({ "to": hostile, "type": "text", "text": { "body": hostile } }),
            json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": hostile, hostile: { hostile: hostile } }),
            json!({ "messaging_product": "whatsapp", "to": "+15550101", "type": "text", "text": { "body": "a", hostile: 1 } }),
        ];
        for body in bodies {
            assert_eq!(post(&sandbox, &body).await.0, 400, "{body}");
        }
    }
    page.converse("+15550101").await;
    page.messages(2 * HOSTILE.len()).await;
    browser.click("#log li:last-child .meta button").await;
    browser.until("return document.querySelector('#entry .problem')", &[]).await;
    page.tool("requests").await;
    browser.until("return document.querySelector('#request-list li')", &[]).await;
    page.tool("builder").await;
    for hostile in HOSTILE {
        let draft = text(hostile);
        for draft in [
            hostile.to_owned(),
            draft.to_string(),
            json!({ "type": hostile, hostile: hostile }).to_string(),
        ] {
            let script = "const draft = document.getElementById('draft'); draft.value = arguments[0];
                document.getElementById('drawn').replaceChildren(); draft.dispatchEvent(new Event('input'))";
            browser.script(script, &[json!(draft)]).await;
            browser
                .until("return document.getElementById('drawn').childElementCount > 0", &[])
                .await;
        }
    }
    is_inert(&browser, &before).await;
}

#[tokio::test]
async fn very_long_words_and_many_emoji_do_not_break_the_layout() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = with_webhooks().await;
    let page = Page::open(&browser, &sandbox.base_url()).await;
    let before = browser.script(ELEMENTS, &[]).await;
    let long = "W".repeat(4096);
    let texts = [
        long.clone(),
        "👩🏽‍🚀".repeat(1000),
        format!("https://example.org/{}", "a".repeat(4000)),
        "\u{301}".repeat(4096),
        "لا".repeat(2048),
        "*_~`".repeat(1024),
    ];
    for text in &texts {
        send(&sandbox, &self::text(text)).await;
    }
    sandbox.customer("+15550101").named(&long[..200]).says(&long).unwrap();
    page.messages(texts.len() + 1).await;
    let wide = "return document.documentElement.scrollWidth <= window.innerWidth && document.querySelector('.phone').getBoundingClientRect().width > 300";
    assert_eq!(browser.script(wide, &[]).await, true);
    is_inert(&browser, &before).await;
}

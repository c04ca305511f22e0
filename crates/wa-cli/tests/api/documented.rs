//! The commands as they are documented: each block of `cmd/api/*.md` is run against a sandbox, and prints what stands there.

use wa_sandbox::{Fault, Faults, Sandbox, SandboxBuilder};

use crate::Running;

fn documented(name: &str, sandbox: SandboxBuilder) {
    let running = Running::of(sandbox);
    let cases = trycmd::TestCases::new();
    for (variable, value) in running.variables() {
        cases.env(variable, value);
    }
    cases.case(format!("tests/cmd/api/{name}.md"));
}

#[test]
fn send() {
    let faults = Faults::none()
        .then_none(2)
        .then(2, Fault::Code(131_047))
        .then(1, Fault::Reset { accepted: true });
    documented("send", Sandbox::builder().faults(faults));
}

#[test]
fn send_each() {
    let faults = Faults::none().then(1, Fault::Code(131_026));
    documented("send_each", Sandbox::builder().faults(faults));
}

#[test]
fn outbox() {
    let faults = Faults::none()
        .then_none(1)
        .then(1, Fault::Code(131_026))
        .then(1, Fault::Reset { accepted: false });
    documented("outbox", Sandbox::builder().faults(faults));
}

#[test]
fn templates() {
    let definitions = r#"[
        { "name": "menu", "language": "de", "status": "APPROVED", "category": "MARKETING",
          "components": [{ "type": "BODY", "text": "Heute" }] },
        { "name": "order_ready", "language": "en_US", "status": "APPROVED", "category": "UTILITY",
          "components": [{ "type": "BODY", "text": "Order {{1}} is ready, {{2}}. See you soon." }] }
    ]"#;
    documented("templates", Sandbox::builder().templates(definitions));
}

#[test]
fn media() {
    documented("media", Sandbox::builder());
}

#[test]
fn trigger() {
    documented("trigger", Sandbox::builder());
}

#[test]
fn webhook() {
    documented("webhook", Sandbox::builder());
}

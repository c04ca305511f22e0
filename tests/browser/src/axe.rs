//! axe-core: what it finds that keeps people from using the page. It is not ours, and not in the repository.

use std::{env, fs};

use serde_json::{Value, json};

use crate::session::Browser;

/// The variable with the path of the script of axe-core.
pub const AXE: &str = "WA_BROWSER_AXE";

/// Something that keeps somebody from using the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is: `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// The name of its rule, and where it was found.
    pub says: String,
}

const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then((result) => done(result.violations.map((found) => ({
        impact: found.impact, says: `${found.id}: ${found.help}`,
        nodes: found.nodes.map((node) => `${node.target} ${node.html.slice(0, 200)} ${node.failureSummary}`).slice(0, 5),
    }))), (error) => done([{ impact: 'critical', says: String(error), nodes: [] }]));
";

/// Returns what it finds in the page, or nothing where it is not there.
pub(crate) async fn findings(browser: &Browser) -> Option<Vec<Finding>> {
    let path = env::var_os(AXE)?;
    let script =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    browser.script(&script, &[]).await;
    let found = browser.script_until_done(RUN, &[]).await;
    let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
    let finding = |found: &Value| Finding {
        impact: found["impact"].as_str().unwrap_or_default().to_owned(),
        says: format!(
            "{}\n{:#}",
            found["says"].as_str().unwrap_or_default(),
            json!(found["nodes"])
        ),
    };
    Some(found.iter().map(finding).collect())
}

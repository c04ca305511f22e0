//! The pages of what the compiler prints.

use std::fmt::Write;

use crate::{
    pages::{Page, capital},
    sources::{Mistake, Sources},
};

const HEAD: &str = "\
All mistakes of a message are reported in one go, each at its own place. These pages hold every case that is
tested: the code, and what the compiler prints for it.
";

/// A page for each topic, and one that lists them.
pub(crate) fn pages(sources: &Sources) -> Vec<Page> {
    let mut index = format!("{HEAD}\n| topic | cases | for example |\n|---|---|---|\n");
    let mut pages = Vec::new();
    for topic in topics(sources) {
        let mistakes: Vec<_> =
            sources.mistakes.iter().filter(|mistake| mistake.topic == topic).collect();
        let first = mistakes.first().map_or_else(String::new, |mistake| sentence(mistake));
        let _ = writeln!(
            index,
            "| [{0}](crate::manual::errors::{0}) | {1} | {first} |",
            topic,
            mistakes.len()
        );
        let text: String = mistakes.iter().map(|mistake| section(mistake)).collect();
        pages.push(Page::markdown(&format!("errors/{topic}"), &text));
    }
    pages.push(Page::markdown("errors", &index));
    pages
}

/// The topics, in order.
pub(crate) fn topics(sources: &Sources) -> Vec<&str> {
    let mut topics: Vec<_> =
        sources.mistakes.iter().map(|mistake| mistake.topic.as_str()).collect();
    topics.dedup();
    topics
}

/// The first sentence that the compiler prints.
fn sentence(mistake: &Mistake) -> String {
    let line = mistake.output.lines().next().unwrap_or_default();
    let text = line.split_once(": ").map_or(line, |(_, text)| text);
    crate::pages::cell(text)
}

fn section(mistake: &Mistake) -> String {
    let title = capital(&mistake.name.replace('_', " "));
    // The whole file, so that the lines are those of the output.
    let code = mistake.code.trim_end();
    let output = mistake.output.replace("ui/fail/", "").replace("ui_templates/fail/", "");
    let output = output.replace("$DIR/ui_templates/definitions", "whatsapp-templates");
    format!("# {title}\n\n```text\n{code}\n```\n\n```text\n{}\n```\n\n", output.trim_end())
}

//! The short road of a check: messages that certainly fit the definition of their template.
//!
//! Most messages do, and each is checked before it is sent. So what a definition demands of usual messages is laid out
//! once ([`Plan`]), and the JSON is read once, in the form in which this crate writes it ([`scan`]). Nothing is refused
//! here: whatever is not plain, or does not fit, is left to the rules, which say what is wrong.

mod plan;
mod scan;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::OnceLock};

use wa_message_rules::definition::Definitions;

use self::{plan::Plan, scan::Given};

/// The plans of all definitions, each made when the first message asks for it.
pub(super) struct Plans {
    /// The languages of a name in the order of their codes.
    names: HashMap<Box<str>, Vec<Language>>,
}

struct Language {
    code: Box<str>,
    plan: OnceLock<Option<Plan>>,
}

impl Plans {
    pub(super) fn new(definitions: &Definitions) -> Self {
        let languages = |name| {
            let codes = definitions.languages(name);
            let of = |code: &str| Language { code: code.into(), plan: OnceLock::new() };
            let mut languages: Vec<_> = codes.map(of).collect();
            languages.sort_unstable_by(|one, other| one.code.cmp(&other.code));
            languages
        };
        Self { names: definitions.names().map(|name| (name.into(), languages(name))).collect() }
    }

    /// Whether a message certainly fits. The JSON is that of one which this crate wrote.
    pub(super) fn fits(&self, definitions: &Definitions, json: &[u8]) -> bool {
        let mut given = Given::new();
        scan::message(json, &mut given).is_some()
            && (!given.is_made_from_one
                || self.plan(definitions, &given).is_some_and(|plan| plan.fits(&given)))
    }

    fn plan(&self, definitions: &Definitions, given: &Given<'_>) -> Option<&Plan> {
        let (name, code) = (str::from_utf8(given.name).ok()?, given.language);
        let languages = self.names.get(name)?;
        let by_code = |language: &Language| language.code.as_bytes().cmp(code);
        let language = &languages[languages.binary_search_by(by_code).ok()?];
        let plan = || Plan::of(definitions.get(name, &language.code)?);
        language.plan.get_or_init(plan).as_ref()
    }
}

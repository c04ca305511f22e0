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

use self::plan::Plan;

/// The plans of all definitions, each made when the first message asks for it.
pub(super) struct Plans {
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
            codes.map(|code| Language { code: code.into(), plan: OnceLock::new() }).collect()
        };
        Self { names: definitions.names().map(|name| (name.into(), languages(name))).collect() }
    }

    /// Whether a message certainly fits. The JSON is that of one which this crate wrote.
    pub(super) fn fits(&self, definitions: &Definitions, json: &[u8]) -> bool {
        match scan::message(json) {
            Some(Some(given)) => {
                self.plan(definitions, &given).is_some_and(|plan| plan.fits(&given))
            }
            Some(None) => true,
            None => false,
        }
    }

    fn plan(&self, definitions: &Definitions, given: &scan::Given<'_>) -> Option<&Plan> {
        let (name, code) = (str::from_utf8(given.name).ok()?, given.language);
        let languages = self.names.get(name)?;
        let language = languages.iter().find(|language| language.code.as_bytes() == code)?;
        let plan = || Plan::of(definitions.get(name, &language.code)?);
        language.plan.get_or_init(plan).as_ref()
    }
}

//! Checks that what the sandbox does is about what there is.

use crate::{
    error::{Error, Place, Result},
    templates::model::Templates,
};

/// The states, formats, buttons and components that it names are there.
pub(super) fn check(templates: &Templates) -> Result<()> {
    let (demands, sandbox) = (&templates.demands, &templates.sandbox);
    let mut errors = Vec::new();
    let mut need = |is_there: bool, place: &Place, what: &str, name: &str| {
        if !is_there {
            errors.push(Error::at(place, format!("there is no {what} `{name}`")));
        }
    };
    let is_state = |name: &str| demands.statuses.iter().any(|row| row.name == name);
    let is_button = |name: &str| demands.buttons.iter().any(|row| row.name == name);
    let is_format = |name: &str| demands.formats.iter().any(|row| row.name == name);
    let is_component = |name: &str| demands.components.iter().any(|row| row.name == name);
    for states in &sandbox.states {
        for name in &states.names {
            need(is_state(name), &states.place, "state", name);
        }
    }
    for rate in &sandbox.rates {
        for name in &rate.of {
            need(is_state(name), &rate.place, "state", name);
        }
        let is_code = u32::try_from(rate.code).is_ok_and(|code| code > 0);
        need(is_code, &rate.place, "code", &rate.code.to_string());
    }
    let parameters = templates.operations.iter().flat_map(|operation| &operation.parameters);
    let names: Vec<_> = parameters.map(|parameter| parameter.name.as_str()).collect();
    for filter in &sandbox.filters {
        need(names.contains(&&*filter.name), &filter.place, "parameter", &filter.name);
    }
    for called in &sandbox.called {
        need(is_button(&called.of), &called.place, "button", &called.of);
    }
    for row in &sandbox.refused {
        for name in &row.of {
            match row.when.as_str() {
                "status" => need(is_state(name), &row.place, "state", name),
                when if when.starts_with("header") => {
                    need(is_format(name), &row.place, "format", name);
                }
                when if when.starts_with("button") => {
                    need(is_button(name), &row.place, "button", name);
                }
                _ => {}
            }
        }
    }
    for change in &sandbox.changes {
        if let Some(name) = &change.state {
            need(is_state(name), &change.place, "state", name);
        }
    }
    for row in &sandbox.answered {
        let is_there = is_component(&row.of) || is_button(&row.of);
        need(is_there, &row.place, "component or button", &row.of);
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::several(errors)) }
}

//! Settings that change while the sandbox runs.

use std::time::Duration;

use serde::{Deserialize, de::Error as _};
use serde_json::{Value, json};

use super::{Call, Problem, actions::named, wrong::Wrong};
use crate::{
    faults::{Fault, Faults, Plan, Rate, Step, milliseconds, shares},
    hooks::{Hooks, WebhookFault, WebhookFaults},
    limits::{AGES, LimitsTable},
};

/// Faults: first a script, then chance.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct All<F> {
    #[serde(default)]
    seed: u64,
    #[serde(default = "Vec::new")]
    script: Vec<Step<F>>,
    #[serde(default = "Vec::new")]
    rate: Vec<Rate<F>>,
}

impl<F: Clone> All<F> {
    fn into_plan(self) -> Result<Plan<F>, Problem> {
        let mut sum = 0.0;
        for rate in &self.rate {
            sum += rate.share;
            shares(rate.share, sum).map_err(Wrong::custom)?;
        }
        let script = self.script.into_iter().map(|step| (step.times, step.fault)).collect();
        let rates = self.rate.into_iter().map(|rate| (rate.share, rate.fault)).collect();
        Ok(Plan::new(self.seed, script, rates))
    }
}

pub(super) fn faults(call: &Call<'_>) -> Result<Value, Problem> {
    *call.state.plan() = call.read::<All<Fault>>()?.into_plan()?;
    tell_armed(call);
    Ok(json!({}))
}

/// Tells pages what goes wrong next.
fn tell_armed(call: &Call<'_>) {
    #[cfg(feature = "page")]
    call.state.tell_armed();
    #[cfg(not(feature = "page"))]
    let _ = call;
}

pub(super) fn next_fault(call: &Call<'_>) -> Result<Value, Problem> {
    let step: Step<Fault> = call.read()?;
    call.state.plan().then(step.times, step.fault);
    tell_armed(call);
    Ok(json!({}))
}

/// Lets time pass for the limits: the window of a customer and the rates.
pub(super) fn clock(call: &Call<'_>) -> Result<Value, Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Passes {
        /// How many seconds pass.
        seconds: u64,
    }

    let Passes { seconds } = call.read()?;
    call.state.gate().forward(Duration::from_secs(seconds)).map_err(|left| {
        let (most, left) = (AGES.as_secs(), left.as_secs());
        let says = format!(
            "the clock can go ahead by {most} seconds in all, and `seconds` is {seconds} where {left} are left"
        );
        Wrong::custom(says).in_member("seconds")
    })?;
    Ok(json!({}))
}

pub(super) fn limits(call: &Call<'_>) -> Result<Value, Problem> {
    call.state.gate().set(call.read::<LimitsTable>()?.into());
    Ok(json!({}))
}

fn hooks<'c>(call: &'c Call<'_>) -> Result<&'c Hooks, Problem> {
    Ok(call.state.hooks()?)
}

pub(super) fn webhook_faults(call: &Call<'_>) -> Result<Value, Problem> {
    let plan = call.read::<All<WebhookFault>>()?.into_plan()?;
    hooks(call)?.set_plan(plan);
    Ok(json!({}))
}

pub(super) fn next_webhook_fault(call: &Call<'_>) -> Result<Value, Problem> {
    let step: Step<WebhookFault> = call.read()?;
    hooks(call)?.fault_next(step.times, step.fault);
    Ok(json!({}))
}

/// A status that comes by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Comes {
    /// Behind the one before, in milliseconds.
    #[serde(default, with = "milliseconds")]
    after: Duration,
    status: String,
    code: Option<u32>,
}

pub(super) fn statuses(call: &Call<'_>) -> Result<Value, Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Statuses {
        statuses: Vec<Comes>,
    }

    let comes = call.read::<Statuses>()?.statuses;
    let statuses = comes.iter().enumerate().map(|(index, comes)| {
        let status = named(&comes.status, comes.code);
        let status = status.map_err(|wrong| wrong.in_item(index).in_member("statuses"))?;
        Ok((comes.after, status))
    });
    let statuses = statuses.collect::<Result<_, Problem>>()?;
    hooks(call)?.set_statuses(statuses);
    Ok(json!({}))
}

pub(super) fn reset(call: &Call<'_>) -> Result<Value, Problem> {
    /// There is nothing to choose.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct All {}

    let All {} = call.read()?;
    call.state.clear();
    call.state.templates.reset();
    call.state.gate().reset();
    *call.state.plan() = Faults::none().into_plan();
    tell_armed(call);
    if let Some(hooks) = &call.state.hooks {
        hooks.set_plan(WebhookFaults::none().into_plan());
        hooks.reset_statuses();
    }
    Ok(json!({}))
}

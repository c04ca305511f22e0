//! Limits as they are written in files and in JSON.

use std::time::Duration;

use serde::Deserialize;

use super::Limits;

/// Limits. What is left out is none.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LimitsTable {
    messages_per_second: Option<u32>,
    pair_rate: Option<PairTable>,
    #[serde(default)]
    customer_service_window: bool,
    recipients: Option<Vec<String>>,
    #[serde(default)]
    template_rates: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PairTable {
    seconds: u32,
    burst: u32,
}

impl From<LimitsTable> for Limits {
    fn from(table: LimitsTable) -> Self {
        let mut limits = Self::none();
        if let Some(messages) = table.messages_per_second {
            limits = limits.messages_per_second(messages);
        }
        if let Some(pair) = table.pair_rate {
            limits = limits.pair_rate(Duration::from_secs(pair.seconds.into()), pair.burst);
        }
        if table.customer_service_window {
            limits = limits.customer_service_window();
        }
        if table.template_rates {
            limits = limits.template_rates();
        }
        match table.recipients {
            Some(recipients) => limits.recipients(recipients),
            None => limits,
        }
    }
}

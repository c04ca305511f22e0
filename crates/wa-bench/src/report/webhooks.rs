//! Webhooks: benchmarks of this package measure them.

use wa_bench::project::Outcome;

use crate::{place::Place, results::Webhooks};

/// How webhooks are read and received.
pub(crate) fn webhooks(place: &Place) -> Outcome<Webhooks> {
    Ok(Webhooks { reading: place.bench("webhook")?, receiving: place.bench("receiving")? })
}

//! The part of the page about webhooks.

use crate::{
    page::{ratio, row, thousands},
    results::Webhooks,
};

const READING: &str = "
## Webhooks

Read a webhook with one text message, of 680 bytes:

| into | ratio | ns |
|---|---|---|
";

const RECEIVING: &str = "
Requests a second over loopback, each with one text message of its own:

| route | load | ratio | requests a second |
|---|---|---|---|
";

const HOW: &str = "
The structs are written by hand with derives of serde, for this shape alone. The events are those of `webhook::parse`, which
knows every kind of webhook. The routes are those of one server of axum, on one thread, and take turns: the first reads the
body and nothing else; the second checks the signature, reads, and calls a handler; the third handles each message once. The
ratio is the median over the turns.
";

pub(super) fn render(result: &Webhooks) -> String {
    let mut page = READING.to_owned();
    for side in &result.reading {
        let ours = result.reading[0].nanoseconds;
        page += &row(&side.name, [ratio(side.nanoseconds / ours), thousands(side.nanoseconds)]);
    }
    page += RECEIVING;
    for rate in &result.receiving {
        page += &row(
            &rate.side,
            [rate.load.clone(), format!("{:.2}", rate.ratio), thousands(rate.a_second)],
        );
    }
    page + HOW
}

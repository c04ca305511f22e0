//! The page's section on sending over loopback.

use crate::{
    page::{row, thousands},
    results::Sending,
};

/// The sides, and what they are called.
const SIDES: [(&str, &str); 5] = [
    ("wa-message", "`Client::send`"),
    ("send-all", "`Client::send_each`, which makes room for itself"),
    ("reqwest", "`reqwest` alone: the same bytes, the answer into a struct"),
    ("reqwest-with-timeouts", "the same, with the timeouts that the client has"),
    ("other", "`whatsapp-business-rs`, which makes the message anew each time"),
];
/// What the others are measured against.
const BASE: &str = "reqwest";

const MEASURED: &str = "
How it was measured: a server in a process of its own reads each request and gives the same answer to all.
All ways send the same text in turns, in one process with one thread. A turn has 500 requests one after the
other, or 2,560 with 64 of them under way. The ratio is the median of the ratios of each turn, so that what else the machine does
counts little, and the number is the median of the turns.
`reqwest` alone is the version that `wa-message` uses, as `reqwest::Client::new` makes it, so without a timeout; it
has the bytes ready and copies them, while `Client::send` writes a finished message each time.
";

/// The section.
pub(super) fn render(result: &Sending) -> String {
    let mut text =
        "\n## Sending\n\nRequests a second over loopback, as parts of those of `reqwest` alone \
                    (above 1, it sends more), and as numbers:\n\n| |"
            .to_owned();
    for concurrency in result.rates.keys() {
        text += &format!(" {concurrency} at once | a second |");
    }
    text += "\n|---|";
    text += &"---|---|".repeat(result.rates.len());
    text.push('\n');
    for (side, name) in SIDES {
        let cells = result.rates.keys().flat_map(|concurrency| {
            let ratio = result.ratio(*concurrency, side).map(|ratio| format!("{ratio:.2}"));
            let rate = result.rate(*concurrency, side).map(thousands);
            [ratio, rate].map(|cell| cell.unwrap_or_else(|| "-".to_owned()))
        });
        text += &row(name, cells);
    }
    text += MEASURED;
    text += &format!("\nEach way had {} turns.\n", result.turns);
    text
}

impl Sending {
    fn turns_of(&self, concurrency: usize, side: &str) -> Option<&[f64]> {
        self.rates.get(&concurrency)?.get(side).map(Vec::as_slice)
    }

    /// The requests a second of a side.
    fn rate(&self, concurrency: usize, side: &str) -> Option<f64> {
        median(self.turns_of(concurrency, side)?.to_vec())
    }

    /// The same, as a part of those of `reqwest` in the same turn.
    pub(crate) fn ratio(&self, concurrency: usize, side: &str) -> Option<f64> {
        let (rates, base) = (self.turns_of(concurrency, side)?, self.turns_of(concurrency, BASE)?);
        median(rates.iter().zip(base).map(|(rate, base)| rate / base).collect())
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

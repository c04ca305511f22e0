//! The bounds that the project sets itself.

use crate::{
    page::{ratio, row, thousands},
    results::{Check, Results, RunTime, Sending, Templates, Webhooks},
};

const HEAD: &str = "
## Bounds

What the project holds itself to, and what was measured.

| bound | measured | holds |
|---|---|---|
";

/// The table of the bounds that something was measured for.
pub(super) fn render(results: &Results) -> String {
    let mut rows = String::new();
    if let Some(kept) = &results.run_time {
        rows += &running(&kept.result);
    }
    if let Some(kept) = &results.sending {
        rows += &sending(&kept.result);
    }
    if let Some(kept) = &results.webhooks {
        rows += &webhooks(&kept.result);
    }
    if let Some(kept) = &results.compile_time {
        let (full, messages) = (&kept.result.full, kept.result.messages);
        let times = full[1] / full[0];
        let name = format!(
            "compile {messages} list messages in one crate, release build, at least 8 times as fast \
             as `json!`"
        );
        rows += &line(&name, &format!("{} times", ratio(times)), times >= 8.0);
    }
    if let Some(kept) = &results.expansion {
        let slowest = kept.result.kinds.iter().map(|(_, time)| *time).fold(0.0, f64::max);
        let name = "one expansion of the macro in less than 100 µs, optimised build";
        rows += &line(name, &format!("{slowest:.0} µs"), slowest < 100.0);
    }
    if let Some(kept) = &results.clean_build {
        let (ours, theirs) = kept.result.without_client;
        let name = "clean release build without `client` in at most a quarter of the time of \
                    `whatsapp-business-rs` without default features";
        rows += &line(name, &format!("{:.2} of it", ours / theirs), ours * 4.0 <= theirs);
        let (ours, theirs) = kept.result.default;
        let name = "clean release build with default features in at most 0.8 of the time of \
                    `whatsapp-business-rs` with its own";
        rows += &line(name, &format!("{:.2} of it", ours / theirs), ours <= theirs * 0.8);
    }
    if let Some(kept) = &results.check {
        rows += &checking(&kept.result);
    }
    if let Some(kept) = &results.templates {
        rows += &templates(&kept.result);
    }
    if let Some(kept) = &results.size {
        let more = kept.result.one[OURS].saturating_sub(kept.result.empty) / 1024;
        let name = "a program with one list message less than 300 KiB larger than an empty one";
        rows += &line(name, &format!("{more} KiB"), more < 300);
    }
    if rows.is_empty() { rows } else { format!("{HEAD}{rows}") }
}

/// The places in [`Way::ALL`](wa_bench::written::Way::ALL).
const OURS: usize = 0;
const STRUCTS: usize = 2;
const OTHER: usize = 3;

fn checking(result: &Check) -> String {
    let [ours, structs, other] = [OURS, STRUCTS, OTHER].map(|side| result.times[side]);
    let bound = |name: &str, theirs: f64| {
        let name = format!(
            "`cargo check` after an edit of one of {} messages in at most the time of {name}",
            result.messages
        );
        line(&name, &format!("{:.2} of it", ours / theirs), ours <= theirs)
    };
    bound("structs by hand", structs) + &bound("`whatsapp-business-rs`", other)
}

fn templates(result: &Templates) -> String {
    let Templates { messages, definitions: (definitions, more), times, at_run_time, .. } = result;
    let worst = times[1..3].iter().copied().fold(0.0, f64::max) / times[0];
    let grown = times[3] / times[1];
    let name = format!(
        "`cargo check` of {messages} messages from templates, held against {definitions} definitions, in at most 1.15 \
         times the time of the same without definitions"
    );
    let other = format!(
        "{more} definitions more, which no message names, change it by less than 2 per cent"
    );
    line(&name, &format!("{worst:.2} of it"), worst <= 1.15)
        + &line(
            &other,
            &format!("{:.1} per cent", (grown - 1.0) * 100.0),
            (grown - 1.0).abs() < 0.02,
        )
        + &line(
            &format!(
                "hold a message against {definitions} definitions at run time in less than 1 µs"
            ),
            &format!("{} ns", thousands(at_run_time[1].nanoseconds)),
            at_run_time[1].nanoseconds < 1_000.0,
        )
}

fn running(result: &RunTime) -> String {
    let time = |id, side| result.time(id, side);
    let (ours, json, floor) =
        (time("list", "wa-message"), time("list", "json"), time("list", "floor"));
    let (read, bare) = (time("read", "wa-message"), time("read", "bare"));
    let derived = time("read", "structs");
    line(
        "build, check and encode a list message at least 12 times as fast as `json!` and `to_vec`",
        &format!("{} times", ratio(json / ours)),
        json >= ours * 12.0,
    ) + &line(
        "the same in at most 4 times the time of the floor",
        &format!("{} times", ratio(ours / floor)),
        ours <= floor * 4.0,
    ) + &line(
        "read a list message with all checks in at most 1.5 times the time of reading the bare types",
        &format!("{} times", ratio(read / bare)),
        read <= bare * 1.5,
    ) + &line(
        "the same in at most 1.5 times the time of reading structs with derives",
        &format!("{} times", ratio(read / derived)),
        read <= derived * 1.5,
    )
}

fn sending(result: &Sending) -> String {
    let mut rows = String::new();
    let sides = [("wa-message", "send"), ("send-all", "send_each")];
    let parts = result.rates.keys().flat_map(|concurrency| {
        sides.map(|(side, method)| (*concurrency, method, result.ratio(*concurrency, side)))
    });
    for (concurrency, method, part) in parts {
        let Some(part) = part else { continue };
        let name = format!(
            "`Client::{method}` over loopback with {concurrency} at once: at least 0.95 of the requests a \
             second of `reqwest` alone"
        );
        rows += &line(&name, &format!("{part:.2} of them"), part >= 0.95);
    }
    rows
}

/// The first way to read is ours, the third and the last are those that it is held against; of the routes, the first
/// reads the body alone, and the second is ours.
fn webhooks(result: &Webhooks) -> String {
    const STRUCTS: usize = 2;
    let [ours, structs, value] =
        [Some(&result.reading[0]), result.reading.get(STRUCTS), result.reading.last()]
            .map(|side| side.map_or(0.0, |side| side.nanoseconds));
    let least = result.receiving.iter().filter(|rate| rate.load.starts_with("by a client"));
    let sides: Vec<_> = least.collect();
    let name = |at: usize| sides.get(at).map(|rate| &rate.side);
    let ours_received = sides.iter().filter(|rate| Some(&rate.side) == name(1));
    let part = ours_received.map(|rate| rate.ratio).fold(f64::INFINITY, f64::min);
    line(
        "read a webhook with one text message into events no slower than into structs with derives for that shape alone",
        &format!("{} of their time", ratio(ours / structs)),
        ours <= structs,
    ) + &line(
        "the same at least 3 times as fast as into `serde_json::Value`",
        &format!("{} times", ratio(value / ours)),
        value >= ours * 3.0,
    ) + &line(
        "verify, read and handle webhooks over loopback through the axum router: at least 0.9 of the requests a second of a \
         handler that reads the body",
        &format!("{part:.2} of them"),
        part >= 0.9,
    )
}

fn line(name: &str, measured: &str, holds: bool) -> String {
    row(name, [measured.to_owned(), if holds { "yes" } else { "**no**" }.to_owned()])
}

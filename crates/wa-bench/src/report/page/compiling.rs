//! The page's sections on compiling and on the programs that come of it.

use crate::{
    page::{ratio, ratios, row, thousands, ways},
    results::{Check, CleanBuild, CompileTime, Dependencies, Expansion, Results, Size, Templates},
};

/// The sections.
pub(super) fn render(results: &Results) -> String {
    let mut text = String::new();
    if let Some(kept) = &results.compile_time {
        text += &compile_time(&kept.result);
    }
    if let Some(kept) = &results.check {
        text += &check(&kept.result);
    }
    if let Some(kept) = &results.templates {
        text += &templates(&kept.result);
    }
    if let Some(kept) = &results.clean_build {
        text += &clean_build(&kept.result);
    }
    if let Some(kept) = &results.dependencies {
        text += &dependencies(&kept.result);
    }
    if let Some(kept) = &results.size {
        text += &size(&kept.result);
    }
    if let Some(kept) = &results.expansion {
        text += &expansion(&kept.result);
    }
    text
}

fn compile_time(result: &CompileTime) -> String {
    let CompileTime { messages, rounds, full, empty } = result;
    let added: Vec<f64> = full.iter().zip(empty).map(|(full, empty)| full - empty).collect();
    let mut text = format!("\n## Compile time: {messages} list messages in one crate\n\n");
    text += &ways("release build");
    text += &row("ratio", ratios(full));
    text += &row("ratio of what the messages add", ratios(&added));
    text += &row(&format!("{messages} messages"), full.iter().copied().map(seconds));
    text += &row("the same crate with none", empty.iter().copied().map(seconds));
    text += &format!(
        "
How it was measured: a library of {messages} functions, each with a list message of four rows, two run-time
values and other literals than the rest, is built with `cargo build --release` after everything that it
depends on; the best of {rounds}, and the sides take turns. Times include `cargo` itself. The
bound is about the whole crates, the first row. Of the structs, the crate with no messages has the structs
and their derives in it. In the crate of `whatsapp-business-rs` each row has a description. The functions
build messages and do not encode them, except that `wa_message!` checks its values.
"
    );
    text
}

fn check(result: &Check) -> String {
    let Check { messages, rounds, times } = result;
    let mut text = format!("\n## Check after an edit: one of {messages} messages\n\n");
    text += &ways("`cargo check`, incremental");
    text += &row("ratio", ratios(times));
    text += &row("time", times.iter().copied().map(seconds));
    text += &format!(
        "
How it was measured: the text of one header is edited and `cargo check` is run again, in the debug profile
with its incremental compilation; the best of {rounds}, in turns. The macro is built without
optimisation, as it is for a user who sets nothing.
"
    );
    text
}

fn templates(result: &Templates) -> String {
    let Templates { messages, definitions: (definitions, more), rounds, times, at_run_time } =
        result;
    let mut text = format!(
        "\n## Templates: {messages} messages held against {definitions} definitions\n\n\
         | `cargo check` | ratio | time |\n|---|---|---|\n"
    );
    let names = [
        "no definitions".to_owned(),
        format!("{definitions} definitions, a file for each"),
        format!("{definitions} definitions in one file"),
        format!("{} definitions, a file for each", definitions + more),
    ];
    for (name, time) in names.iter().zip(times) {
        text += &row(name, [ratio(time / times[0]), seconds(*time)]);
    }
    text += &format!(
        "
How it was measured: a library of {messages} functions, each with a message from a template of its own, is checked again in
the debug profile; the best of {rounds}, in turns. A definition has about 1,000 bytes. The macro is built without
optimisation.

A message with a header, three variables and a button, at run time:

| | ratio | ns |
|---|---|---|
"
    );
    for side in at_run_time {
        let built = at_run_time[0].nanoseconds;
        text += &row(&side.name, [ratio(side.nanoseconds / built), thousands(side.nanoseconds)]);
    }
    text
}

fn clean_build(result: &CleanBuild) -> String {
    let CleanBuild { rounds, without_client, default } = result;
    let mut text = "\n## Clean release build\n\n| features | ratio | `wa-message` | \
                    `whatsapp-business-rs` |\n|---|---|---|---|\n"
        .to_owned();
    for (name, (ours, theirs)) in
        [("no default features", without_client), ("default features", default)]
    {
        text += &row(name, [ratio(theirs / ours), seconds(*ours), seconds(*theirs)]);
    }
    text += &format!(
        "
How it was measured: an empty library that depends on the crate is built with
`cargo build --release --jobs 2 --offline` into a folder that is removed before each round; everything has
been downloaded before. Best of {rounds}, in turns. Without default features,
`whatsapp-business-rs` still has its HTTP client, and `wa-message` has none. Both have one with their
default features, and `whatsapp-business-rs` also a web server.
"
    );
    text
}

fn dependencies(result: &Dependencies) -> String {
    let mut text = "\n## Dependencies\n\n".to_owned();
    text += &ways("crates");
    text += &row("to make messages", result.make.iter().map(ToString::to_string));
    text += &row("to send them", result.send.iter().map(ToString::to_string));
    text += "
How it was counted: the crates in `cargo tree -e normal` on this system, procedural macros among them. The
first row is without default features, the second one with them; to `json!` and the structs the second row
adds the HTTP client that `wa-message` uses, with the same features.
";
    text
}

fn size(result: &Size) -> String {
    let Size { messages, empty, one, many } = result;
    let kilobytes = |bytes: &Vec<u64>| {
        let more = bytes.iter().map(|bytes| bytes.saturating_sub(*empty));
        more.map(|bytes| u32::try_from(bytes / 1024).unwrap_or(u32::MAX).into())
            .collect::<Vec<f64>>()
    };
    let (one, many) = (kilobytes(one), kilobytes(many));
    let mut text = "\n## Size of a program\n\n".to_owned();
    text += &ways("KiB more than an empty program");
    text += &row("one list message, ratio", ratios(&one));
    text += &row(&format!("{messages} list messages, ratio"), ratios(&many));
    text += &row("one list message", one.iter().copied().map(thousands));
    text += &row(&format!("{messages} list messages"), many.iter().copied().map(thousands));
    text += &format!(
        "
How it was measured: programs that build list messages of two arguments and print them, in a release build
with `strip = true`; an empty program, which prints a line, is {} KiB. `whatsapp-business-rs` prints the
message as `Debug` shows it, because its JSON cannot be had without its HTTP client. So its programs do not
have the code in them that encodes.
",
        empty / 1024
    );
    text
}

fn expansion(result: &Expansion) -> String {
    let mut text = "\n## Expansion\n\n| message | µs |\n|---|---|\n".to_owned();
    for (name, time) in &result.kinds {
        text += &row(name, [format!("{time:.0}")]);
    }
    text += &format!(
        "
How it was measured: `wa_message_dsl::expand` on the tokens of {} different invocations, in an optimised
build outside of the compiler; the median of 7 rounds. The tokens are made before and dropped after it.
Inside of the compiler there is also what tokens cost on their way in and out, and a release build of a user
does not optimise macros unless its profile says so.
",
        thousands(u32::try_from(result.invocations).map_or(f64::INFINITY, f64::from))
    );
    text
}

fn seconds(time: f64) -> String {
    format!("{time:.2} s")
}

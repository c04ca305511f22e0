//! The page's section on programs that run.

use wa_bench::{project::Outcome, written::Way};

use crate::{
    page::{ratio, row, thousands, ways},
    results::RunTime,
};

/// The sides of a message, in the order of the columns.
const SIDES: [&str; 4] = ["wa-message", "json", "structs", "other"];
/// The messages, and what they are called.
const MESSAGES: [(&str, &str); 5] = [
    ("list", "list message (four rows, one without a description)"),
    ("list-in-full", "list message (every field)"),
    ("button", "two reply buttons"),
    ("text", "text"),
    ("template", "template (a document, three parameters, a button)"),
];
/// The sides that read, and what they are called.
const READERS: [(&str, &str); 4] = [
    ("bare", "`serde_json` into the bare types of `wa-message`"),
    ("wa-message", "`Message::from_str`, everything checked"),
    ("structs", "`serde_json` into the structs"),
    ("json", "`serde_json` into `Value`"),
];

const MEASURED: &str = "
The bare types have no code that serde derives: they are read over a `Value`, which compiles in less time
and takes more. The structs have it, so they are the harder measure of reading.

How it was measured: all sides of a row take turns in one process, which measures nothing else; each turn
lasts at least 15 ms, and the number is the median of the turns. The allocator is that of the system. Sides
that allocate much depend on the state of the heap: here it has been used before, as in a program that has
run for a while. On a heap that holds nothing else, as in `cargo bench`, `json!` took a third more
instructions for the same list message when this was looked at, and `wa_message!` about as many as here.
Every side writes the same document, which is checked first by comparing the JSON. The recipient and one text are known only at run time.

`whatsapp-business-rs` keeps its JSON private: a message is encoded only on its way into a request. So it
sends to an address whose scheme its HTTP client refuses, which happens after the body is encoded and
before anything is connected. A request of the same crate without a body, refused in the same way, is
measured beside it and taken off. That it writes the same document is checked over a loopback connection.
Its feature `test-mode` is on, which lets the environment name the address. A row of its list message has
a description always, so the first list message, which has a row without one, is not among its documents.
";

/// The section.
pub(super) fn render(result: &RunTime) -> Outcome<String> {
    let mut text =
        "\n## Run time\n\nBuild (and, with `wa-message`, check) a message and encode it, as \
                    ratios:\n\n"
            .to_owned();
    text += &table(|id, side| {
        let value = result.written(id, side)? / result.written(id, "wa-message")?;
        Some(ratio(value))
    });
    let floor = result.time("list", "wa-message") / result.time("list", "floor");
    text += &format!(
        "\nThe floor is the document of the first row as fixed bytes with two holes, which are escaped \
         and filled: `wa-message` takes {} times as long as that.\n\nThe same in nanoseconds:\n\n",
        ratio(floor)
    );
    text += &table(|id, side| Some(thousands(result.written(id, side)?)));
    text += "\nAllocations (bytes in brackets, with what growing a buffer asks for):\n\n";
    text += &table(|id, side| {
        let (count, bytes) = result.allocated(id, side)?;
        Some(format!("{count} ({})", thousands(f64::from(u32::try_from(bytes).ok()?))))
    });
    if result.instructions.is_some() {
        text += "\nInstructions, counted by `valgrind`, which depend on the machine the least:\n\n";
        text += &table(|id, side| Some(thousands(result.counted(id, side)?)));
    } else {
        text += "\nInstructions were not counted, because there was no `valgrind`.\n";
    }
    text += "\nRead a list message from text, as ratios to the first row:\n\n";
    text += "| into | ratio | ns | allocations | instructions |\n|---|---|---|---|---|\n";
    for (side, name) in READERS {
        let time = result.time("read", side);
        let (count, _) = result.allocations("read", side).ok_or("nothing was counted")?;
        let instructions = result.instructions_of("read", side);
        text += &row(
            name,
            [
                ratio(time / result.time("read", "bare")),
                thousands(time),
                count.to_string(),
                instructions.map_or_else(|| "-".to_owned(), thousands),
            ],
        );
    }
    text += MEASURED;
    let spread = result.times.values().flatten().map(|side| side.spread).fold(0.0, f64::max);
    text += &format!(
        "\nEach side had {} turns. Half of them were within {:.0} % of each other, in the worst row.\n",
        result.turns,
        spread * 100.0
    );
    Ok(text)
}

fn table(cell: impl Fn(&str, &str) -> Option<String>) -> String {
    let mut text = ways("message");
    for (id, name) in MESSAGES {
        let cells = SIDES.map(|side| cell(id, side).unwrap_or_else(|| "-".to_owned()));
        debug_assert_eq!(cells.len(), Way::ALL.len());
        text += &row(name, cells);
    }
    text
}

impl RunTime {
    /// The nanoseconds of a side, or no number when it has none.
    pub(crate) fn time(&self, id: &str, side: &str) -> f64 {
        self.timed(id, side).unwrap_or(f64::NAN)
    }

    fn timed(&self, id: &str, side: &str) -> Option<f64> {
        self.times.get(id)?.iter().find(|known| known.name == side).map(|known| known.nanoseconds)
    }

    /// What a side takes to write, without the request around it.
    fn written(&self, id: &str, side: &str) -> Option<f64> {
        let whole = self.timed(id, side)?;
        Some(if side == "other" { whole - self.timed(id, "other-request")? } else { whole })
    }

    fn allocations(&self, id: &str, side: &str) -> Option<(u64, u64)> {
        self.allocations.get(id)?.get(side).copied()
    }

    fn allocated(&self, id: &str, side: &str) -> Option<(u64, u64)> {
        let (count, bytes) = self.allocations(id, side)?;
        let (fewer, less) = match side {
            "other" => self.allocations(id, "other-request")?,
            _ => (0, 0),
        };
        Some((count.saturating_sub(fewer), bytes.saturating_sub(less)))
    }

    fn instructions_of(&self, id: &str, side: &str) -> Option<f64> {
        self.instructions.as_ref()?.get(id)?.get(side).copied()
    }

    fn counted(&self, id: &str, side: &str) -> Option<f64> {
        let whole = self.instructions_of(id, side)?;
        Some(if side == "other" {
            whole - self.instructions_of(id, "other-request")?
        } else {
            whole
        })
    }
}

//! Progress, shown on the standard error stream and only to somebody who sits before it.

use std::{
    io::{self, Write as _},
    time::Duration,
};

use anstream::AutoStream;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

use crate::terminal;

/// How often it is drawn when nothing happens.
const TICK: Duration = Duration::from_millis(200);

/// Something that takes its time.
#[derive(Debug, Clone)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// So many things, one after the other.
    pub(crate) fn of(things: u64) -> Self {
        Self::new(
            ProgressBar::with_draw_target(Some(things), target()),
            "{bar:24} {pos}/{len}  {wide_msg}",
        )
    }

    /// So many bytes.
    pub(crate) fn of_bytes() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), target());
        Self::new(bar, "{bar:24} {bytes}/{total_bytes}  {wide_msg}")
    }

    /// Something of which nobody knows how much there is.
    pub(crate) fn open() -> Self {
        Self::new(ProgressBar::with_draw_target(None, target()), "{spinner} {wide_msg}")
    }

    fn new(bar: ProgressBar, template: &str) -> Self {
        // The templates are those above.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if terminal::is_watched() {
            bar.enable_steady_tick(TICK);
        }
        Self(bar)
    }

    pub(crate) fn set(&self, position: u64, total: Option<u64>) {
        if let Some(total) = total {
            self.0.set_length(total);
        }
        self.0.set_position(position);
    }

    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    pub(crate) fn says(&self, text: impl Into<String>) {
        self.0.set_message(text.into());
    }

    /// Takes it from the screen.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

fn target() -> ProgressDrawTarget {
    if terminal::is_watched() {
        ProgressDrawTarget::term_like_with_hz(Box::new(Margin), DRAWN_AT_MOST)
    } else {
        ProgressDrawTarget::hidden()
    }
}

/// How often a second it is drawn at most.
const DRAWN_AT_MOST: u8 = 20;
/// How many columns stay empty: as many as a terminal takes for the `^C` that somebody types, and one for the cursor. If
/// it filled the line, that would begin another one, and this one would stay.
const MARGIN: u16 = 3;

/// The terminal behind the standard error stream, without its last columns.
#[derive(Debug)]
struct Margin;

impl Margin {
    /// Writes it as it is: who wants no colours wants the line to move all the same.
    fn write(text: &str) -> io::Result<()> {
        AutoStream::always_ansi(io::stderr()).write_all(text.as_bytes())
    }

    fn turn(count: usize, way: char) -> io::Result<()> {
        if count == 0 { Ok(()) } else { Self::write(&format!("\x1b[{count}{way}")) }
    }

    fn size() -> (u16, u16) {
        let size = terminal_size::terminal_size_of(io::stderr());
        size.map_or((80, 24), |(width, height)| (width.0, height.0))
    }
}

impl TermLike for Margin {
    fn width(&self) -> u16 {
        Self::size().0.saturating_sub(MARGIN).max(1)
    }

    fn height(&self) -> u16 {
        Self::size().1
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        Self::turn(lines, 'A')
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        Self::turn(lines, 'B')
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        Self::turn(columns, 'C')
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        Self::turn(columns, 'D')
    }

    fn write_line(&self, line: &str) -> io::Result<()> {
        Self::write(&format!("{line}\n"))
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        Self::write(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        Self::write("\r\x1b[2K")
    }

    fn flush(&self) -> io::Result<()> {
        io::stderr().flush()
    }
}

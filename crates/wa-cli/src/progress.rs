//! Progress, shown on the standard error stream and only to somebody who sits before it.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
    if terminal::is_watched() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() }
}

//! Words said aloud where nobody has asked to be told: a bot with a wrong secret is not to be silent.

use std::{
    io::Write as _,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::Report;

/// How long nothing more is said of a kind.
const PAUSE: Duration = Duration::from_secs(60);

/// How many kinds of report are said aloud.
const KINDS: usize = 7;

/// Says reports on the standard error stream: of each kind at most one a minute, because anybody can send requests.
#[derive(Default)]
pub(super) struct Aloud(Mutex<[Said; KINDS]>);

/// What was said of a kind.
#[derive(Clone, Copy, Default)]
struct Said {
    last: Option<Instant>,
    /// How many there were since.
    unsaid: u64,
}

impl Aloud {
    pub(super) fn say(&self, report: &Report) {
        if let Some(line) = self.line(report, Instant::now()) {
            // Without such a stream there is nobody to tell.
            let _ = writeln!(std::io::stderr().lock(), "{line}");
        }
    }

    fn line(&self, report: &Report, now: Instant) -> Option<String> {
        let kind = kind(report)?;
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let said = all.get_mut(kind)?;
        if said.last.is_some_and(|last| now.saturating_duration_since(last) < PAUSE) {
            said.unsaid += 1;
            return None;
        }
        let Said { unsaid, .. } = std::mem::replace(said, Said { last: Some(now), unsaid: 0 });
        let more = if unsaid > 0 { format!(" (and {unsaid} more since)") } else { String::new() };
        Some(format!("wa_message: {}{more}", report.with_sources()))
    }
}

/// The kinds that somebody has to know of who runs a service: that nothing gets in, or that it comes again.
fn kind(report: &Report) -> Option<usize> {
    Some(match report {
        Report::Signature(_) => 0,
        Report::Handshake(_) => 1,
        Report::Unreadable(_) => 2,
        Report::Failed { .. } => 3,
        Report::Panicked { .. } => 4,
        Report::Seen(_) => 5,
        Report::TookTooLong => 6,
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{HandshakeError, SignatureError};

    #[test]
    fn of_each_kind_one_a_minute_is_said() {
        let aloud = Aloud::default();
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let wrong = Report::Signature(SignatureError::Missing);
        let refused =
            "wa_message: refused a request: the request has no header `X-Hub-Signature-256`";
        assert_eq!(aloud.line(&wrong, at(0)).as_deref(), Some(refused));
        for second in 1..60 {
            assert_eq!(aloud.line(&wrong, at(second)), None);
        }
        assert!(aloud.line(&Report::Handshake(HandshakeError::WrongToken), at(59)).is_some());
        let more = format!("{refused} (and 59 more since)");
        assert_eq!(aloud.line(&wrong, at(60)), Some(more));
        assert_eq!(aloud.line(&wrong, at(61)), None);
        assert_eq!(aloud.line(&wrong, at(121)).unwrap(), format!("{refused} (and 1 more since)"));
        // These are nothing that is wrong here.
        assert_eq!(aloud.line(&Report::Method, at(200)), None);
        assert_eq!(aloud.line(&Report::BrokenBody, at(200)), None);
    }

    #[test]
    fn the_chain_of_sources_is_said_in_a_line() {
        let inner = std::io::Error::other("the table\nis full");
        let outer = std::io::Error::other(
            Box::new(Outer(inner)) as Box<dyn std::error::Error + Send + Sync>
        );
        let line = Aloud::default().line(&Report::Seen(outer.into()), Instant::now()).unwrap();
        assert!(
            line.starts_with(
                "wa_message: the store of what was handled failed: it did not work: the table"
            ),
            "{line}"
        );
        assert_eq!(line.lines().count(), 1, "{line}");
    }

    #[derive(Debug)]
    struct Outer(std::io::Error);

    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("it did not work")
        }
    }

    impl std::error::Error for Outer {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }
}

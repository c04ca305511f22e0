//! Compares the sender's outcomes with what the sandbox accepted.

use std::{collections::BTreeMap, fmt::Write as _, io};

use wa_sandbox::Ledger;

use crate::{
    outcomes::{self, Said},
    receiver::{self, Settled},
    run::Run,
};

/// The account of a round.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    messages: u64,
    sent: u64,
    refused: BTreeMap<i64, u64>,
    not_sent: u64,
    not_taken: u64,
    in_doubt: Doubt,
    unreadable: Doubt,
    /// How many are in doubt when all webhooks have come, if there were any.
    doubts_left: Option<u64>,
    /// How many the ledger has.
    accepted: u64,
    wrong: Wrong,
}

/// Messages in doubt, and what became of them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Doubt {
    all: u64,
    accepted: u64,
}

/// What must not be.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wrong {
    /// Messages without an outcome, or with two.
    without_one_outcome: u64,
    /// Messages that the ledger has more than once.
    accepted_twice: u64,
    /// Messages that are reported sent with a WAMID that the ledger does not have for them.
    sent_and_missing: u64,
    /// Messages that the ledger has, and that are reported neither sent nor in doubt.
    accepted_and_denied: u64,
    /// Messages that nobody was asked to send.
    unknown: u64,
    /// Messages that the ledger has, and that are in doubt although webhooks have told of them.
    doubts_left: u64,
    /// Messages that webhooks are said to have told of with an id that the ledger does not have for them.
    told_and_missing: u64,
}

impl Wrong {
    fn lines(&self) -> [(&'static str, u64); 7] {
        [
            ("without exactly one outcome", self.without_one_outcome),
            ("accepted more than once", self.accepted_twice),
            ("reported sent, and not in the ledger", self.sent_and_missing),
            ("accepted, and reported as refused or not sent", self.accepted_and_denied),
            ("accepted, and never asked for", self.unknown),
            ("accepted, and in doubt after all webhooks", self.doubts_left),
            ("told of by webhooks, and not in the ledger", self.told_and_missing),
        ]
    }
}

/// Reads both files of a round, and compares them.
pub(crate) fn judge(messages: u64, run: &Run) -> io::Result<Account> {
    let ledger = Ledger::read(&run.ledger)?;
    let mut said = Vec::new();
    outcomes::read(&run.outcomes, |key, outcome| said.push((key, outcome)))?;
    let mut account = compare(messages, &said, &ledger);
    if let Some(path) = &run.settled {
        account.settle(&receiver::read(path)?, &ledger);
    }
    Ok(account)
}

fn compare(messages: u64, said: &[(u64, Said)], ledger: &Ledger) -> Account {
    let mut account = Account { messages, accepted: ledger.len() as u64, ..Account::default() };
    let mut outcomes: BTreeMap<u64, u64> = BTreeMap::new();
    for (key, said) in said {
        *outcomes.entry(*key).or_default() += 1;
        account.count(said, ledger, *key);
    }
    let with_one = (0..messages).filter(|key| outcomes.get(key) == Some(&1)).count();
    account.wrong.without_one_outcome = messages - with_one as u64;

    let mut copies: BTreeMap<u64, u64> = BTreeMap::new();
    for accepted in ledger.accepted() {
        match accepted.data().and_then(|data| data.parse().ok()) {
            Some(key) if key < messages => *copies.entry(key).or_default() += 1,
            _ => account.wrong.unknown += 1,
        }
    }
    account.wrong.accepted_twice = copies.values().filter(|copies| **copies > 1).count() as u64;
    account
}

impl Account {
    /// Compares what webhooks told.
    fn settle(&mut self, settled: &[(u64, Settled)], ledger: &Ledger) {
        let mut left = 0;
        for (key, settled) in settled {
            let accepted = ledger.with_data(&key.to_string());
            match settled {
                Settled::Accepted(id) if accepted.iter().any(|accepted| accepted.id() == id) => {}
                Settled::Accepted(_) => self.wrong.told_and_missing += 1,
                Settled::InDoubt if accepted.is_empty() => left += 1,
                Settled::InDoubt => self.wrong.doubts_left += 1,
            }
        }
        self.doubts_left = Some(left);
    }

    fn count(&mut self, said: &Said, ledger: &Ledger, key: u64) {
        let accepted = ledger.with_data(&key.to_string());
        let is_accepted = !accepted.is_empty();
        match said {
            Said::Sent(id) => {
                self.sent += 1;
                if !accepted.iter().any(|accepted| accepted.id() == id) {
                    self.wrong.sent_and_missing += 1;
                }
            }
            Said::InDoubt => self.in_doubt.count(is_accepted),
            Said::Unreadable => self.unreadable.count(is_accepted),
            Said::Refused(code) => *self.refused.entry(*code).or_default() += 1,
            Said::NotSent => self.not_sent += 1,
            Said::NotTaken => self.not_taken += 1,
        }
        let may_be_accepted = matches!(said, Said::Sent(_) | Said::InDoubt | Said::Unreadable);
        if is_accepted && !may_be_accepted {
            self.wrong.accepted_and_denied += 1;
        }
    }

    /// Whether the account is right, and the sender modest.
    pub(crate) fn holds(&self, run: &Run) -> bool {
        self.wrong == Wrong::default() && run.sender_memory < run.memory_at_most()
    }

    /// The account in one line.
    pub(crate) fn line(&self, run: &Run) -> String {
        let mut line = format!(
            "{} sent, {} refused, {} not sent, {} not taken, {} in doubt of which {} were accepted, \
             {} accepted, {:.1} s, {:.1} MiB: {}",
            self.sent,
            self.refused.values().sum::<u64>(),
            self.not_sent,
            self.not_taken,
            self.in_doubt.all + self.unreadable.all,
            self.in_doubt.accepted + self.unreadable.accepted,
            self.accepted,
            run.time.as_secs_f64(),
            mebibytes(run.sender_memory),
            self.verdict(run)
        );
        for (what, count) in self.wrong.lines().into_iter().filter(|(_, count)| *count > 0) {
            // Writing into a text does not fail.
            let _ = write!(line, "; {count} {what}");
        }
        line
    }

    /// The account in full.
    pub(crate) fn table(&self, run: &Run) -> String {
        let mut table = String::new();
        let mut row = |indent: &str, what: &str, count: u64| {
            let _ = writeln!(table, "{:<52}{count:>9}", format!("{indent}{what}"));
        };
        if !run.counts.is_empty() {
            row("", "the sandbox got requests", run.counts.iter().map(|line| split(line).1).sum());
            for line in &run.counts {
                let (what, count) = split(line);
                row("  ", what, count);
            }
        }
        row("", "the sender had messages", self.messages);
        row("  ", "sent", self.sent);
        row("  ", "refused", self.refused.values().sum());
        for (code, count) in &self.refused {
            row("    ", &format!("code {code}"), *count);
        }
        row("  ", "not sent: no connection was made", self.not_sent);
        row("  ", "not sent: not taken out of the stream", self.not_taken);
        row("  ", "in doubt", self.in_doubt.all);
        row("    ", "of these, the sandbox has accepted", self.in_doubt.accepted);
        row("  ", "in doubt: the answer was not understood", self.unreadable.all);
        row("    ", "of these, the sandbox has accepted", self.unreadable.accepted);
        if let Some(left) = self.doubts_left {
            row("  ", "in doubt when all webhooks had come", left);
        }
        row("", "the ledger has messages", self.accepted);
        for (what, count) in self.wrong.lines() {
            row("  ", what, count);
        }
        let _ = write!(
            table,
            "the sender had at most {:.1} MiB of memory, and may have {}; the sandbox had {:.1} MiB\n\
             {:.1} s\n\n{}",
            mebibytes(run.sender_memory),
            run.memory_at_most() / 1024,
            mebibytes(run.sandbox_memory),
            run.time.as_secs_f64(),
            self.verdict(run)
        );
        table
    }

    fn verdict(&self, run: &Run) -> &'static str {
        if self.holds(run) { "the account holds" } else { "the account does NOT hold" }
    }
}

impl Doubt {
    fn count(&mut self, is_accepted: bool) {
        self.all += 1;
        self.accepted += u64::from(is_accepted);
    }
}

fn mebibytes(kibibytes: u64) -> f64 {
    u32::try_from(kibibytes).map_or(f64::INFINITY, f64::from) / 1024.0
}

/// A line of what the sandbox counted.
fn split(line: &str) -> (&str, u64) {
    let (count, what) = line.split_once(' ').unwrap_or(("0", line));
    (what, count.parse().unwrap_or(0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    /// A ledger of these keys and WAMIDs.
    fn ledger(name: &str, lines: &[(&str, &str)]) -> Ledger {
        let path = std::env::temp_dir().join(format!("wa-account-{}-{name}", std::process::id()));
        let lines = lines.iter().map(|(key, id)| {
            format!(
                r#"{{"id":"{id}","phone_number_id":"1","to":"+1","kind":"text","biz_opaque_callback_data":"{key}"}}"#
            ) + "\n"
        });
        fs::write(&path, lines.collect::<String>()).unwrap();
        let ledger = Ledger::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        ledger
    }

    fn sent(id: &str) -> Said {
        Said::Sent(id.to_owned())
    }

    #[test]
    fn what_agrees_is_right() {
        let ledger = ledger("right", &[("0", "a"), ("1", "b"), ("2", "c")]);
        let said = [
            (0, sent("a")),
            (1, Said::InDoubt),
            (2, Said::Unreadable),
            (3, Said::InDoubt),
            (4, Said::Refused(100)),
            (5, Said::NotSent),
            (6, Said::NotTaken),
        ];
        let account = compare(7, &said, &ledger);
        assert_eq!(account.wrong, Wrong::default());
        assert_eq!(account.in_doubt, Doubt { all: 2, accepted: 1 });
        assert_eq!((account.sent, account.accepted), (1, 3));
    }

    #[test]
    fn webhooks_leave_those_in_doubt_that_were_never_accepted() {
        let ledger = ledger("settled", &[("0", "a"), ("1", "b"), ("2", "c")]);
        let mut account = Account::default();
        let accepted = |id: &str| Settled::Accepted(id.to_owned());
        account.settle(&[(0, accepted("a")), (3, Settled::InDoubt)], &ledger);
        assert_eq!((&account.wrong, account.doubts_left), (&Wrong::default(), Some(1)));
        account.settle(&[(1, Settled::InDoubt), (2, accepted("x")), (4, accepted("y"))], &ledger);
        assert_eq!((account.wrong.doubts_left, account.wrong.told_and_missing), (1, 2));
    }

    #[test]
    fn each_wrong_is_found() {
        let none = || Wrong::default();
        let two = ledger("two", &[("0", "a"), ("0", "b")]);
        let one = ledger("one", &[("0", "a")]);
        let empty = ledger("empty", &[]);
        let other = ledger("other", &[("0", "a"), ("1", "b"), ("x", "c")]);
        for (said, ledger, wrong) in [
            (vec![(0, sent("a"))], &two, Wrong { accepted_twice: 1, ..none() }),
            (vec![(0, Said::InDoubt)], &two, Wrong { accepted_twice: 1, ..none() }),
            (vec![(0, sent("b"))], &one, Wrong { sent_and_missing: 1, ..none() }),
            (vec![(0, sent("a"))], &empty, Wrong { sent_and_missing: 1, ..none() }),
            (vec![(0, Said::Refused(2))], &one, Wrong { accepted_and_denied: 1, ..none() }),
            (vec![(0, Said::NotSent)], &one, Wrong { accepted_and_denied: 1, ..none() }),
            (vec![(0, Said::NotTaken)], &one, Wrong { accepted_and_denied: 1, ..none() }),
            (vec![], &empty, Wrong { without_one_outcome: 1, ..none() }),
            (
                vec![(0, Said::InDoubt), (0, sent("a"))],
                &one,
                Wrong { without_one_outcome: 1, ..none() },
            ),
            (vec![(0, sent("a"))], &other, Wrong { unknown: 2, ..none() }),
        ] {
            assert_eq!(compare(1, &said, ledger).wrong, wrong, "{said:?}");
        }
    }
}

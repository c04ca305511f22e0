//! The settings of the webhooks.

use std::{fmt, time::Duration};

use super::{fault::WebhookFaults, queue::Rhythm, run::AGES};
use crate::generated::customer::{BY_ITSELF, Status};

/// How many updates the API posts at once.
pub(super) const BATCH_AT_MOST: usize = 1000;

/// How many deliveries may be posted at the same time.
const AT_ONCE_AT_MOST: usize = 256;

/// Where and how webhooks are posted. [`SandboxBuilder::webhooks`](crate::SandboxBuilder::webhooks) takes it.
///
/// By itself it is polite: each update in a delivery of its own, at once, and until it is taken. Each message that is
/// accepted gets the statuses `sent`, `delivered` and `read`.
///
/// ```
/// use std::time::Duration;
/// use wa_sandbox::{Sandbox, Status, Webhooks};
///
/// let webhooks = Webhooks::to("http://127.0.0.1:3000/webhook", "an-app-secret")
///     // Each so long after the one before.
///     .statuses([(Duration::ZERO, Status::Sent), (Duration::from_secs(2), Status::Delivered)])
///     .batches(50, Duration::from_millis(100))
///     .retries(Duration::from_millis(20), 8);
/// let sandbox = Sandbox::builder().webhooks(webhooks);
/// ```
#[derive(Clone)]
#[must_use = "`SandboxBuilder::webhooks` takes it"]
pub struct Webhooks {
    pub(super) url: String,
    pub(super) app_secret: String,
    pub(super) beyond_loopback: bool,
    pub(super) account: String,
    pub(super) display_phone_number: String,
    pub(super) statuses: Vec<(Duration, Status)>,
    pub(super) rhythm: Rhythm,
    pub(super) pause: Duration,
    pub(super) attempts: u32,
    pub(super) answer_within: Duration,
    pub(super) faults: WebhookFaults,
}

impl Webhooks {
    /// Webhooks for an address of plain HTTP on this machine, signed with the secret of the app.
    pub fn to(url: impl Into<String>, app_secret: impl Into<String>) -> Self {
        const PAUSE: Duration = Duration::from_millis(20);
        Self {
            url: url.into(),
            app_secret: app_secret.into(),
            beyond_loopback: false,
            account: "100000000000002".to_owned(),
            display_phone_number: "15550199".to_owned(),
            statuses: BY_ITSELF.iter().map(|status| (PAUSE, *status)).collect(),
            rhythm: Rhythm { updates: 1, wait: Duration::ZERO, at_once: 16 },
            pause: Duration::from_millis(100),
            attempts: 20,
            answer_within: Duration::from_secs(10),
            faults: WebhookFaults::none(),
        }
    }

    /// Posts to other machines too. What the sandbox posts is invented, but it may hold what your program has sent.
    pub fn beyond_loopback(mut self) -> Self {
        self.beyond_loopback = true;
        self
    }

    /// The id of the WhatsApp Business account.
    pub fn account(mut self, id: impl Into<String>) -> Self {
        self.account = id.into();
        self
    }

    /// The number of the business as it is shown, in digits. Defaults to `15550199`.
    pub fn display_phone_number(mut self, number: impl Into<String>) -> Self {
        self.display_phone_number = number.into();
        self
    }

    /// The statuses that each accepted message gets by itself, each so long after the one before. Defaults to `sent`,
    /// `delivered` and `read`, with 20 milliseconds before each. Reactions get fewer, as from the API.
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = (Duration, Status)>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// No statuses but those on command.
    pub fn without_statuses(self) -> Self {
        self.statuses([])
    }

    /// Posts up to so many updates at once, each of which waits for others for so long at most. The API posts up to
    /// 1,000, and so no more are taken. Defaults to one.
    pub fn batches(mut self, updates: usize, wait: Duration) -> Self {
        (self.rhythm.updates, self.rhythm.wait) = (updates.clamp(1, BATCH_AT_MOST), wait.min(AGES));
        self
    }

    /// How many deliveries are posted at the same time. With 1 they come in the order of what happened, as long as
    /// nothing goes wrong, and a receiver that is slow holds up the others. Defaults to 16: the API promises no order.
    pub fn at_once(mut self, deliveries: usize) -> Self {
        self.rhythm.at_once = deliveries.clamp(1, AT_ONCE_AT_MOST);
        self
    }

    /// How often a delivery is tried at most until the receiver answers 200, and the first pause. Each pause is twice
    /// the one before, up to 10 seconds. Defaults to 20 attempts and 100 milliseconds. The API goes on for days.
    pub fn retries(mut self, first_pause: Duration, attempts: u32) -> Self {
        (self.pause, self.attempts) = (first_pause, attempts.max(1));
        self
    }

    /// How long the receiver may take to answer. Defaults to 10 seconds.
    pub fn answer_within(mut self, time: Duration) -> Self {
        self.answer_within = time;
        self
    }

    /// What goes wrong. Defaults to nothing.
    pub fn faults(mut self, faults: WebhookFaults) -> Self {
        self.faults = faults;
        self
    }
}

/// Without the secret, and without the address, which may hold one.
impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("statuses", &self.statuses)
            .field("rhythm", &self.rhythm)
            .field("faults", &self.faults)
            .finish_non_exhaustive()
    }
}

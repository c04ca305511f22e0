//! Workers in processes of their own, which can be killed. The process is the test itself, with another task.

use std::{
    env,
    process::{Child, Command, Stdio},
    time::Duration,
};

use wa_message::outbox::{Outbox, Point, Worker};
use wa_sandbox::Sandbox;

use super::{PATIENCE, client_at};

const TASK: &str = "WA_OUTBOX_TEST_TASK";

/// What a process is to do.
#[derive(Clone)]
pub(crate) struct Task {
    pub(crate) url: String,
    pub(crate) base_url: String,
    pub(crate) token: String,
    pub(crate) number: String,
    /// The point at which the process aborts, and how often it passes it before.
    pub(crate) point: String,
    pub(crate) after: u32,
    pub(crate) concurrency: usize,
    pub(crate) rate: u32,
    /// How many seconds it waits for an answer.
    pub(crate) patience: u64,
    /// What else stands in the environment of the process.
    pub(crate) environment: Vec<(String, String)>,
}

impl Task {
    pub(crate) fn new(url: &str, sandbox: &Sandbox) -> Self {
        Self {
            url: url.to_owned(),
            base_url: sandbox.base_url(),
            token: sandbox.token().to_owned(),
            number: sandbox.phone_number_id().to_owned(),
            point: String::new(),
            after: 0,
            concurrency: 16,
            rate: 10_000,
            patience: PATIENCE,
            environment: Vec::new(),
        }
    }

    /// Starts the process. `child` is the name of the test that calls [`run`].
    pub(crate) fn start(&self, child: &str) -> Child {
        let task = [
            &self.url,
            &self.base_url,
            &self.token,
            &self.number,
            &self.point,
            &self.after.to_string(),
            &self.concurrency.to_string(),
            &self.rate.to_string(),
            &self.patience.to_string(),
        ]
        .map(String::as_str)
        .join("\n");
        Command::new(env::current_exe().unwrap())
            .args([child, "--exact", "--nocapture", "--test-threads", "1"])
            .env(TASK, task)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn read() -> Option<Self> {
        let task = env::var(TASK).ok()?;
        let mut lines = task.split('\n').map(str::to_owned);
        let mut next = || lines.next().unwrap();
        Some(Self {
            url: next(),
            base_url: next(),
            token: next(),
            number: next(),
            point: next(),
            after: next().parse().unwrap(),
            concurrency: next().parse().unwrap(),
            rate: next().parse().unwrap(),
            patience: next().parse().unwrap(),
            environment: Vec::new(),
        })
    }
}

static TASK_OF_THIS: std::sync::OnceLock<Task> = std::sync::OnceLock::new();
static PASSED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

fn abort_at(point: Point) {
    let Some(task) = TASK_OF_THIS.get() else { return };
    if format!("{point:?}") == task.point
        && PASSED.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= task.after
    {
        std::process::abort();
    }
}

/// Does the task of this process, if it has one: it sends until nothing is left.
pub(crate) async fn run() {
    let Some(task) = Task::read() else { return };
    let task = TASK_OF_THIS.get_or_init(|| task);
    let outbox = Outbox::open(&task.url).await.unwrap();
    let client = client_at(&task.base_url, &task.token, &task.number, task.patience);
    quick(outbox.worker(&client))
        .concurrency(task.concurrency)
        .rate(task.rate)
        .probe(abort_at)
        .drain()
        .await
        .unwrap();
}

/// A worker that takes others for lost soon, so that a test need not wait.
pub(crate) fn quick(worker: Worker) -> Worker {
    worker.lease(Duration::from_secs(1)).lost_after(Duration::from_secs(3))
}

/// Stops a process, and waits until all of it stands still: the signal alone may come a moment later.
pub(crate) fn stop(child: &Child) {
    signal(child, "STOP");
    let tasks = format!("/proc/{}/task", child.id());
    let is_still = |task: std::fs::DirEntry| {
        let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
        status.is_empty() || status.contains("State:\tT")
    };
    // Systems without this folder stop at once, as far as one can tell.
    while std::fs::read_dir(&tasks).is_ok_and(|tasks| !tasks.flatten().all(is_still)) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

pub(crate) fn signal(child: &Child, name: &str) {
    let done =
        Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

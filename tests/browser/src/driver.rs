//! The driver of the browser: a process on a port of its own, which ends with the test.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The variable with the path of chromedriver.
pub const DRIVER: &str = "WA_BROWSER_DRIVER";
/// The variable with the path of Chromium.
pub const BROWSER: &str = "WA_BROWSER";

/// How long it may take to end by itself.
const ENDS_WITHIN: Duration = Duration::from_secs(10);

/// How often it is started. It takes a free port of one family of addresses, and ends if somebody else has the same port
/// of the other.
const STARTS: usize = 5;

/// A driver that runs.
pub(crate) struct Driver {
    child: Child,
    port: u16,
    /// The process of the browser.
    pub(crate) browser: Option<u64>,
}

impl Driver {
    /// Starts the driver that [`DRIVER`] names.
    pub(crate) fn start() -> Option<Self> {
        let program = PathBuf::from(env::var_os(DRIVER)?);
        let started = (0..STARTS).find_map(|_| Self::start_once(&program));
        Some(started.expect("the driver names its port"))
    }

    /// Nothing if it ends without a port.
    fn start_once(program: &Path) -> Option<Self> {
        let mut child = Command::new(program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
        let Some(port) = port(&mut lines) else {
            let _ = child.kill();
            let _ = child.wait();
            return None;
        };
        // Nobody reads the rest, and it must not wait for that.
        thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Some(Self { child, port, browser: None })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks it to end, together with its browsers.
    fn ask_to_end(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(ENDS_WITHIN))?;
        stream
            .write_all(b"GET /shutdown HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

/// Reads the line that says on which port it listens.
fn port(lines: &mut impl BufRead) -> Option<u16> {
    for line in lines.lines() {
        let line = line.ok()?;
        let number =
            line.split("successfully on port ").nth(1).map(|end| end.trim_end_matches('.'));
        if let Some(port) = number.and_then(|number| number.parse().ok()) {
            return Some(port);
        }
    }
    None
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.ask_to_end();
        let start = Instant::now();
        while start.elapsed() < ENDS_WITHIN {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A browser that hangs would stay.
        if let Some(browser) = self.browser {
            let _ = Command::new("kill").args(["-9", &browser.to_string()]).status();
        }
    }
}

//! A language server as a process, spoken to over its standard streams.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// The first answer waits until the dependencies are compiled.
const PATIENCE: Duration = Duration::from_secs(480);

pub(crate) struct Server {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    log: File,
    requests: u64,
    version: u64,
}

impl Server {
    /// Starts a server on a folder, and waits until it has read it.
    pub(crate) fn start(program: &Path, folder: &Path, log: File, options: &Value) -> Self {
        let mut process = Command::new(program)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // The server builds the project as its user would, and not as this test is built.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_TARGET_DIR")
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Ok(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut server = Self { process, input, messages, log, requests: 0, version: 0 };
        let address = format!("file://{}", folder.display());
        server.request(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": address,
                "workspaceFolders": [{ "uri": address, "name": "scratch" }],
                "initializationOptions": options,
                "capabilities": {
                    "textDocument": {
                        "hover": { "contentFormat": ["plaintext"] },
                        "completion": { "completionItem": { "documentationFormat": ["plaintext"] } },
                        "diagnostic": {},
                    },
                    "experimental": { "serverStatusNotification": true },
                },
            }),
        );
        server.notify("initialized", &json!({}));
        server
    }

    pub(crate) fn open(&mut self, file: &Path, text: &str) {
        let uri = uri(file);
        let document = json!({ "uri": uri, "languageId": "rust", "version": 0, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
        self.wait_for("experimental/serverStatus", |it| it["params"]["quiescent"] == true);
    }

    pub(crate) fn change(&mut self, file: &Path, text: &str) {
        self.version += 1;
        let document = json!({ "uri": uri(file), "version": self.version });
        let changes = json!([{ "text": text }]);
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    pub(crate) fn notify(&mut self, method: &str, params: &Value) {
        self.write(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        // What was changed a moment ago may take the server away from an answer.
        for _ in 0..20 {
            self.requests += 1;
            let id = self.requests;
            self.write(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
            let answer = self.wait(|it| it["id"] == id && it.get("method").is_none());
            if answer.get("error").is_none() {
                return answer["result"].clone();
            }
            thread::sleep(Duration::from_millis(200));
        }
        panic!("no answer to {method}");
    }

    pub(crate) fn wait_for(&mut self, method: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.wait(|it| it["method"] == method && wanted(it))
    }

    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let rest = end.saturating_duration_since(Instant::now());
            let message = self.messages.recv_timeout(rest).expect("the server says nothing more");
            self.note("<-", &message);
            if message.get("method").is_some() && message.get("id").is_some() {
                self.write(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": null }));
            } else if wanted(&message) {
                return message;
            }
        }
    }

    fn write(&mut self, message: &Value) {
        self.note("->", message);
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    /// Writes a line of words for people into the log.
    pub(crate) fn say(&mut self, text: &str) {
        writeln!(self.log, "\n== {text}").unwrap();
    }

    fn note(&mut self, direction: &str, message: &Value) {
        if message["method"] != "$/progress" {
            writeln!(self.log, "{direction} {message}").unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn uri(file: &Path) -> String {
    format!("file://{}", file.display())
}

fn read(output: &mut impl BufRead) -> io::Result<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(value) = line.strip_prefix("Content-Length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body)?;
    serde_json::from_slice(&body).map_err(io::Error::other)
}

//! The arguments of the program.

use std::ffi::OsString;

use wa_sandbox::program::Serve;

/// What the program is asked to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Args {
    Help,
    Version,
    Serve(Box<Serve>),
}

impl Args {
    /// Reads `--name value` and `--name=value`.
    pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut args = args.into_iter();
        let mut serve = Serve::default();
        while let Some(arg) = args.next() {
            let arg = text(arg)?;
            let (name, joined) = match arg.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (arg.as_str(), None),
            };
            let mut value = || match joined.clone() {
                Some(value) => Ok(value),
                None => args.next().map_or_else(|| Err(format!("`{name}` needs a value")), text),
            };
            match name {
                "--help" | "-h" if joined.is_none() => return Ok(Self::Help),
                "--version" | "-V" if joined.is_none() => return Ok(Self::Version),
                "--listen" => {
                    let value = value()?;
                    let address = value.parse();
                    let address =
                        address.map_err(|_| format!("`{value}` is no address such as 0.0.0.0"))?;
                    serve.listen = Some(address);
                }
                "--password-file" => serve.password = Some(value()?.into()),
                "--port" => {
                    let value = value()?;
                    serve.port = value.parse().map_err(|_| format!("`{value}` is not a port"))?;
                }
                "--token" => {
                    let value = value()?;
                    if value.is_empty() {
                        return Err("the token is empty".to_owned());
                    }
                    serve.token = Some(value);
                }
                "--phone-number-id" => serve.phone_number_id = Some(value()?),
                "--faults" => serve.faults = Some(value()?.into()),
                "--ledger" => serve.ledger = Some(value()?.into()),
                "--templates" => serve.templates.push(value()?.into()),
                "--approve-templates-after" => {
                    let value = value()?;
                    let time = value.parse();
                    let time =
                        time.map_err(|_| format!("`{value}` is no number of milliseconds"))?;
                    serve.approve_after = Some(time);
                }
                "--forward-to" => serve.forward_to = Some(value()?),
                "--app-secret-file" => serve.app_secret = Some(value()?.into()),
                "--allow-host" => serve.hosts.push(value()?),
                "--beyond-loopback" if joined.is_none() => serve.beyond_loopback = true,
                _ => return Err(format!("`{arg}` is not an argument")),
            }
        }
        Ok(Self::Serve(Box::new(serve)))
    }
}

fn text(arg: OsString) -> Result<String, String> {
    arg.into_string().map_err(|_| "an argument is not UTF-8".to_owned())
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Args, String> {
        Args::parse(args.iter().map(OsString::from))
    }

    #[test]
    fn both_forms_are_read() {
        let mut expected = Serve::default();
        expected.listen = Some("0.0.0.0".parse().expect("an address"));
        expected.password = Some("password".into());
        expected.port = 8080;
        expected.token = Some("a=b".to_owned());
        expected.phone_number_id = Some("1".to_owned());
        expected.faults = Some("faults.toml".into());
        expected.ledger = Some("ledger".into());
        expected.forward_to = Some("http://localhost:3000/?a=b".to_owned());
        expected.app_secret = Some("secret".into());
        expected.beyond_loopback = true;
        expected.hosts = vec!["sandbox".to_owned(), "test".to_owned()];
        expected.templates = vec!["a.json".into(), "folder".into()];
        expected.approve_after = Some(1000);
        let expected = Args::Serve(Box::new(expected));
        let args = parse(&[
            "--listen=0.0.0.0",
            "--password-file",
            "password",
            "--port",
            "8080",
            "--token=a=b",
            "--phone-number-id",
            "1",
            "--faults",
            "faults.toml",
            "--ledger=ledger",
            "--forward-to",
            "http://localhost:3000/?a=b",
            "--app-secret-file=secret",
            "--beyond-loopback",
            "--allow-host",
            "sandbox",
            "--allow-host=test",
            "--templates",
            "a.json",
            "--templates=folder",
            "--approve-templates-after",
            "1000",
        ]);
        assert_eq!(args.as_ref(), Ok(&expected));
        assert_eq!(parse(&["--port", "1", "--help"]), Ok(Args::Help));
        assert_eq!(parse(&["-V"]), Ok(Args::Version));
    }

    #[test]
    fn mistakes_are_named() {
        for (args, error) in [
            (&["--port"] as &[_], "`--port` needs a value"),
            (&["--listen", "here"], "`here` is no address such as 0.0.0.0"),
            (&["--port", "70000"], "`70000` is not a port"),
            (&["--approve-templates-after=soon"], "`soon` is no number of milliseconds"),
            (&["--token="], "the token is empty"),
            (&["--help=1"], "`--help=1` is not an argument"),
            (&["--beyond-loopback=1"], "`--beyond-loopback=1` is not an argument"),
            (&["8080"], "`8080` is not an argument"),
        ] {
            assert_eq!(parse(args), Err(error.to_owned()));
        }
    }
}

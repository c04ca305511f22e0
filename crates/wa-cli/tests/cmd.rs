//! The commands as they are documented: each block of `cmd/*.md` is run, and prints what stands there.

#[test]
fn commands() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cmd/*.md");
    for variable in ["WHATSAPP_TOKEN", "WHATSAPP_PHONE_NUMBER_ID", "WA_PROFILE", "WA_TEMPLATES"] {
        cases.env(variable, "");
    }
    // Neither settings of whoever runs the tests, nor colours.
    cases.env("HOME", "/nonexistent").env("XDG_CONFIG_HOME", "").env("NO_COLOR", "1");
}

//! The signatures that are known, and what is none.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

/// The key of the vectors.
const KEY: &str = "hook-test-secret";
/// A body as the API writes it: the escapes are in the bytes.
const ESCAPED: &[u8] =
    br#"{"object":"whatsapp_business_account","entry":[],"x":"\u00e4\ud83d\ude00 \/ \u0040"}"#;
const ESCAPED_TAG: &str = "458090d7b7d9e14b640391256a74cc327bb5c10b04cfc1b3057498e530a7e66d";

fn verifier() -> Verifier {
    Verifier::new([KEY]).unwrap()
}

fn verify(verifier: &Verifier, header: &str, body: &[u8]) -> Result<(), SignatureError> {
    verifier.verify(Some(header.as_bytes()), body)
}

#[test]
fn the_vectors_are_signed_and_verified() {
    let rfc = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    for (key, body, tag) in
        [(KEY, ESCAPED, ESCAPED_TAG), ("Jefe", b"what do ya want for nothing?".as_slice(), rfc)]
    {
        let verifier = Verifier::new([key]).unwrap();
        assert_eq!(verifier.sign(body), format!("sha256={tag}"));
        for digits in [tag.to_owned(), tag.to_uppercase()] {
            assert_eq!(verify(&verifier, &format!("sha256={digits}"), body), Ok(()));
        }
    }
}

#[test]
fn a_body_that_was_written_again_does_not_verify() {
    let value: serde_json::Value = serde_json::from_slice(ESCAPED).unwrap();
    let text = "\u{e4}\u{1f600} / @";
    let utf8 = format!(r#"{{"object":"whatsapp_business_account","entry":[],"x":"{text}"}}"#);
    let ascii = r#"{"object":"whatsapp_business_account","entry":[],"x":"\u00e4\ud83d\ude00 / @"}"#;
    let tags = [
        "3f59985fcde4021afd39778e9069b42c4ad5f549f828db3f6aaf08ca865e449c",
        "76c4efeec615cb7b219132a6642e9acd62458beffaf0dd8dbdb02d5c02699c6d",
    ];

    assert_eq!((ESCAPED.len(), utf8.len(), ascii.len()), (84, 66, 78));
    for (again, tag) in [utf8.as_str(), ascii].into_iter().zip(tags) {
        assert_eq!(serde_json::from_str::<serde_json::Value>(again).unwrap(), value);
        assert_eq!(verifier().sign(again.as_bytes()), format!("sha256={tag}"));
        let signed = format!("sha256={ESCAPED_TAG}");
        assert_eq!(verify(&verifier(), &signed, again.as_bytes()), Err(SignatureError::Mismatch));
    }
}

#[test]
fn any_of_the_secrets_will_do() {
    let rotating = Verifier::new(["the-new-one", KEY]).unwrap();
    assert_eq!(verify(&rotating, &verifier().sign(ESCAPED), ESCAPED), Ok(()));
    // It signs with the first.
    let signed = rotating.sign(ESCAPED);
    assert_eq!(verify(&Verifier::new(["the-new-one"]).unwrap(), &signed, ESCAPED), Ok(()));
    assert_eq!(verify(&verifier(), &signed, ESCAPED), Err(SignatureError::Mismatch));
}

#[test]
fn another_form_is_no_signature() {
    let signed = format!("sha256={ESCAPED_TAG}");
    for header in [
        "",
        "sha256=",
        ESCAPED_TAG,
        &signed.replace("sha256", "sha1"),
        &signed.replace("sha256", "SHA256"),
        &signed[..signed.len() - 1],
        &signed[..signed.len() - 2],
        &format!("{signed}0"),
        &format!("{signed}00"),
        &format!("{signed} "),
        &format!(" {signed}"),
        &signed.replace('4', "g"),
        &signed.replace('4', "+"),
        &signed.replace('4', "\u{e4}"),
    ] {
        assert_eq!(
            verify(&verifier(), header, ESCAPED),
            Err(SignatureError::Malformed),
            "{header}"
        );
    }
    assert_eq!(verifier().verify(Some(&[0xff; 71]), ESCAPED), Err(SignatureError::Malformed));
    assert_eq!(verifier().verify(None, ESCAPED), Err(SignatureError::Missing));
}

#[test]
fn blank_secrets_are_refused() {
    for blank in ["", " ", "\t\r\n"] {
        assert_eq!(Verifier::new([blank]).unwrap_err(), SecretError::Blank);
        assert_eq!(Verifier::new([KEY, blank]).unwrap_err(), SecretError::Blank);
    }
    assert_eq!(Verifier::new([""; 0]).unwrap_err(), SecretError::Missing);
}

#[test]
fn nothing_shows_a_secret_or_the_right_signature() {
    let verifier = Verifier::new([KEY, "second-secret"]).unwrap();
    let wrong = verifier.verify(Some(format!("sha256={}", "0".repeat(64)).as_bytes()), ESCAPED);
    let error = wrong.unwrap_err();
    let signature = Signature::from_header(Some(format!("sha256={ESCAPED_TAG}").as_bytes()));
    let shown = format!("{verifier:?} {verifier:#?} {error:?} {error} {signature:?}");
    for hidden in [KEY, "second-secret", ESCAPED_TAG, "4580"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
    assert!(shown.contains("secrets: 2"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_signed_verifies_and_nothing_else(
        secret in "[ -~]{0,80}[!-~]",
        body in prop::collection::vec(any::<u8>(), 0..300),
        other in prop::collection::vec(any::<u8>(), 0..300),
        place in any::<prop::sample::Index>(),
        bit in 0_u32..8,
    ) {
        let verifier = Verifier::new([&secret]).unwrap();
        let header = verifier.sign(&body);
        prop_assert_eq!(verify(&verifier, &header, &body), Ok(()));
        if other != body {
            prop_assert_eq!(verify(&verifier, &header, &other), Err(SignatureError::Mismatch));
        }
        if !body.is_empty() {
            let mut changed = body.clone();
            changed[place.index(body.len())] ^= 1 << bit;
            prop_assert_eq!(verify(&verifier, &header, &changed), Err(SignatureError::Mismatch));
        }
    }

    #[test]
    fn any_header_is_judged(header in prop::collection::vec(any::<u8>(), 0..100)) {
        prop_assert!(verifier().verify(Some(&header), ESCAPED).is_err());
    }
}

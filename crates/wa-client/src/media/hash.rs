//! Hashes of files, which come as hexadecimal digits and as base64.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

const SIZE: usize = 32;

/// With padding and without, as whoever wrote it liked.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// Reads a SHA-256 hash, if it has the form of one.
pub(super) fn read(text: &str) -> Option<[u8; SIZE]> {
    let text = text.trim();
    if text.len() == 2 * SIZE {
        return hexadecimal(text.as_bytes());
    }
    [alphabet::STANDARD, alphabet::URL_SAFE].iter().find_map(|alphabet| {
        let decoded = GeneralPurpose::new(alphabet, LENIENT).decode(text).ok()?;
        decoded.try_into().ok()
    })
}

fn hexadecimal(text: &[u8]) -> Option<[u8; SIZE]> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut hash = [0; SIZE];
    for (byte, pair) in hash.iter_mut().zip(text.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::read;

    /// The hash of nothing.
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn each_form_is_read() {
        let hash = read(EMPTY);
        assert_eq!(hash.map(|hash| (hash[0], hash[31])), Some((0xe3, 0x55)));
        for text in [
            &*EMPTY.to_ascii_uppercase(),
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
            " 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        ] {
            assert_eq!(read(text), hash, "{text}");
        }
        for text in ["", "AAECAwQ=", "no hash", &"x".repeat(64), &"ü".repeat(32), "="] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

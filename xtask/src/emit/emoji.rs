//! Ranges of characters, from crates that follow the Unicode Character Database.

use proc_macro2::TokenStream;
use quote::quote;
use unicode_properties::{EmojiStatus, UnicodeEmoji};
use unicode_segmentation::UnicodeSegmentation;

const JOINER: char = '\u{200D}';
/// The first of the blocks that hold pictures.
const FIRST_PICTURE: char = '\u{1F000}';

pub(super) fn emit() -> TokenStream {
    let extending = ranges(extends);
    let pictographs = ranges(|letter| !extends(letter) && joins(letter));
    // Old signs such as `©` are text unless told otherwise; what is beyond them is drawn as emoji
    // nearly everywhere, whatever its default is.
    let shown = ranges(|letter| match letter.emoji_status() {
        EmojiStatus::EmojiPresentation
        | EmojiStatus::EmojiPresentationAndModifierBase
        | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
        | EmojiStatus::EmojiPresentationAndEmojiComponent => true,
        EmojiStatus::NonEmoji | EmojiStatus::NonEmojiButEmojiComponent => false,
        _ => letter >= FIRST_PICTURE,
    });
    let (extends_len, pictographs_len, shown_len) =
        (extending.len(), pictographs.len(), shown.len());
    let tuples = |ranges: Vec<(u32, u32)>| {
        let ranges = ranges.into_iter().map(|(first, last)| quote!((#first, #last)));
        quote!([#(#ranges),*])
    };
    let (extends, pictographs, shown) = (tuples(extending), tuples(pictographs), tuples(shown));
    quote! {
        /// Characters that belong to the one before them.
        pub(crate) static EXTENDS: [(u32, u32); #extends_len] = #extends;
        /// Pictographs: emoji, and the characters that are reserved for them.
        pub(crate) static PICTOGRAPHS: [(u32, u32); #pictographs_len] = #pictographs;
        /// Characters that are shown as emoji unless told otherwise.
        pub(crate) static SHOWN_AS_EMOJI: [(u32, u32); #shown_len] = #shown;
    }
}

/// Whether a letter and the character are one cluster.
fn extends(letter: char) -> bool {
    letter != '\n' && clusters(&['a', letter]) == 1
}

/// Whether a joiner binds the character to a pictograph before it.
fn joins(letter: char) -> bool {
    clusters(&['\u{1F600}', JOINER, letter]) == 1
}

fn clusters(letters: &[char]) -> usize {
    letters.iter().collect::<String>().graphemes(true).count()
}

fn ranges(holds: impl Fn(char) -> bool) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for letter in ('\0'..=char::MAX).filter(|letter| holds(*letter)) {
        let code = u32::from(letter);
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => ranges.push((code, code)),
        }
    }
    ranges
}

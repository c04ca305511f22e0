// Only a document has a file name, only an audio is a voice note.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <image>
        to: "+15550100",
        link: "https://example.org/oven.png",
        filename: "oven.png",
        voice: true,
    };
}

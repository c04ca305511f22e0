// Fields of other media.
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <audio>
        to: "+15550100",
        id: "1013859600285442",
        caption: "Good morning",
        filename: "morning.ogg",
    };
}

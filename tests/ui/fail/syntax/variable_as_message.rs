// A message is written out.
use wa_message::wa_message;

fn main() {
    let body = 1;
    let _ = wa_message!(body);
}

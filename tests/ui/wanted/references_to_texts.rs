// What is documented as a text, behind a reference: `&char` is refused, and so are `&mut String` and
// `&Option<String>`.
//
// Should compile.
use wa_message::wa_message;

fn main() {
    let (to, mut body, data) = ('1', String::from("Hello"), Some(String::from("order 17")));
    let _ = wa_message! { <text> to: &to, body: &mut body, biz_opaque_callback_data: &data };
}

// A loop needs a pattern. What is printed lists what the parser can read: "expected one of: identifier,
// `::`, `<`, `_`, literal, `const`, `ref`, `mut`, `&`, parentheses, square brackets, `..`, `const`".
//
// Should print, at `in`:
//     error: expected a pattern behind `for`, as in `for dish in dishes { .. }`
use wa_message::wa_message;

fn main() {
    let _ = wa_message! { <button>
        to: "+15550100",
        body: "Which one?",
        buttons: [{ id: "a", title: "A" }, for in 0..3 { id: "b", title: "B" }],
    };
}

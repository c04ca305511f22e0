// A failed message causes no warnings: its values count as used, and nothing behind it as unreachable.
#![warn(unused, unreachable_code, unused_must_use)]
use wa_message::wa_message;

fn greeting(name: &str) -> Result<(), wa_message::InvalidMessage> {
    let to = String::from("+15550100");
    let rows = ["Feijoada", "Moqueca"];
    let message = wa_message! { <list>
        to: &to,
        body: format!("Good evening, {name}"),
        buton: "See dishes",
        sections: [{ rows: [for row in rows { id: row, title: row }] }],
    }?;
    println!("{}", message.to_json());
    Ok(())
}

fn main() {
    drop(greeting("Ada"));
}

// A variable that has another name now, one too few and one too many, in the functions that are made of definitions.
wa_message::templates! { mod all; }

use all::order_waiting::{EnUs, en_us};

fn main() {
    let _ = en_us("+15550100", EnUs { order_id: "17", name: "Ada", hour: "eight" });
    let _ = en_us("+15550100", EnUs { order_id: "17", hour: "eight" });
    let _ = en_us(
        "+15550100",
        EnUs { order_id: "17", first_name: "Ada", hour: "eight", bread: "rye" },
    );
}

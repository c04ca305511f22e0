// Values await and return early, and the future can be sent to another thread.
use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};
use wa_message::{Message, wa_message};

type Failure = Box<dyn std::error::Error + Send + Sync>;

async fn fetch(text: &str) -> String {
    text.to_owned()
}

async fn menu(prices: &[&str]) -> Result<Message, Failure> {
    let message = wa_message! { <list>
        to: fetch("+15550100").await,
        header: fetch("Tonight").await,
        body: "Pick a dish",
        button: "See dishes",
        sections: [{ rows: [
            for (n, price) in prices.iter().enumerate() {
                id: fetch("m").await + &n.to_string(),
                title: format!("{} euros", price.parse::<u32>()?),
            },
            if fetch("yes").await == "yes" { id: "v", title: fetch("Vegan").await },
        ] }],
    }?;
    Ok(message)
}

fn is_send<T: Send>(value: T) -> T {
    value
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

fn main() {
    let message = block_on(is_send(menu(&["12", "14"]))).unwrap();
    assert!(message.to_json().contains("14 euros"));
    let error = block_on(menu(&["cheap"])).unwrap_err();
    assert_eq!(error.to_string(), "invalid digit found in string");
    let closure = async || wa_message! { <text> to: fetch("+15550100").await, body: "Hello" };
    assert!(block_on(closure()).is_ok());
}

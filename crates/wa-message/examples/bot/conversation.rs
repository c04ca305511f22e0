//! A conversation with the bot.

use std::error::Error;

use serde_json::json;
use wa_message::{
    Message,
    types::{Content, Interactive},
};
use wa_sandbox::Sandbox;

/// The smallest picture: a PNG of one pixel.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

/// Writes to the bot as a guest, and prints what is said.
pub(crate) async fn hold(sandbox: &Sandbox) -> Result<(), Box<dyn Error>> {
    let guest = sandbox.customer("+15550100").named("Guest");
    let mut shown = Shown { sandbox, before: 0 };

    shown.after("Hello, I am hungry", guest.says("Hello, I am hungry")?).await;
    shown.after("Feijoada", guest.chooses("dish-feijoada")?).await;
    shown.after("Bring it to me", guest.taps("address")?).await;
    shown.after("(fills in the form)", guest.answers_flow(json!({ "street": "Rua 1" }))?).await;
    shown.after("(sends a picture)", guest.sends_image(PICTURE)?).await;
    shown.after("Thank you", guest.says("Thank you")?).await;

    // Somebody who hides the number is answered all the same.
    let hidden = sandbox.customer("US.13491208655302741918").named("Somebody");
    shown.after("Hello", hidden.says("Hello")?).await;
    Ok(())
}

/// What the guest sees.
struct Shown<'s> {
    sandbox: &'s Sandbox,
    before: usize,
}

impl Shown<'_> {
    /// Prints what was said, and what the bot sent meanwhile.
    async fn after(&mut self, said: &str, _id: String) {
        println!("guest  {said}");
        self.sandbox.settled().await;
        let received = self.sandbox.received();
        for received in received.iter().skip(self.before) {
            match received.message() {
                Some(message) => println!("  bot  {}", what_was_sent(message)),
                None => println!("  bot  (marks it as read)"),
            }
        }
        self.before = received.len();
    }
}

fn what_was_sent(message: &Message) -> String {
    match &message.content {
        Content::Text { text } => text.body.to_string(),
        Content::Reaction { reaction } => format!("{} on the message", reaction.emoji),
        Content::Interactive { interactive: Interactive::Button(button) } => {
            let titles = button.action.buttons.iter().map(|button| button.reply.title.to_string());
            format!("{}  [{}]", button.body.text, titles.collect::<Vec<_>>().join("] ["))
        }
        Content::Interactive { interactive: Interactive::List(list) } => {
            let rows = list.action.sections.iter().flat_map(|section| section.rows.iter());
            let rows: String = rows.map(|row| row.title.as_str()).map(line).collect();
            format!("{}  [{}]{rows}", list.body.text, list.action.button)
        }
        _ => format!("({})", message.kind()),
    }
}

fn line(title: &str) -> String {
    format!("\n         - {title}")
}

//! Where places in texts end, and what is known of the text around them.

use super::half_made::{buttons, finds, text};

fn body(inside: &str) -> String {
    text(&format!(r#""text":{{"body":"{inside}"}}"#))
}

fn title(inside: &str) -> String {
    buttons(&format!(r#"{{"type":"reply","reply":{{"id":"a","title":"{inside}"}}}}"#))
}

const TOO_LONG: &[&str] = &["WA-too-long interactive.action.buttons[0].reply.title"];

#[test]
fn expressions_may_hold_texts_with_braces() {
    finds(&body(r#"Use {{ '{{' }} and {{ "{%" }}, {{ '}}' }} or {{ "}" }}"#), &[]);
    finds(&body(r#"${a ? `you ${a === "y" ? `"b"` : `${a}`}` : "}"}"#), &[]);
    finds(&body(r#"${m["}"]} there"#), &[]);
    finds(&body(r#"{{ b | replace("\"", '}}') }}"#), &[]);
    finds(&text(r#""text":{"body":{{ "}}" }}, "preview_url": ${x ? "}" : '"'}}"#), &[]);
    // Not all that looks like a quote is one.
    finds(
        &text(r#""text":{"body":"{{what's this}}", "bdy":"{{it's}}"}"#),
        &["WA-unknown text.bdy"],
    );
    finds(&text(r#""text":{"body":"{{ 'a }}", "bdy":"{{ b' }}"}"#), &["WA-unknown text.bdy"]);
}

#[test]
fn places_in_texts_may_take_several_lines() {
    finds(&body("{{\n  names\n  | join(\", \")\n}}"), &[]);
    finds(&text("\"text\":{\"body\":\"{{\", \n \"bdy\":\"}}\"}"), &["WA-unknown text.bdy"]);
    finds(&format!("{{{{- /* not {{{{ x }}}} here */ -}}}}{}", body("a")), &[]);
}

#[test]
fn space_may_be_taken_away() {
    finds(&title("Exactly twenty chars     {{- x -}}     "), &[]);
    finds(&title("Exactly twenty chars  {%- if x %} a{% endif -%}  "), &[]);
    finds(&title("Exactly twenty chars! {{- x }}"), TOO_LONG);
    finds(&title("{{x}} Exactly twenty chars"), TOO_LONG);
}

#[test]
fn braces_may_be_meant_as_they_stand() {
    finds(&body(r"Write \{{name}} there"), &[]);
    finds(&body(r"C:\\{{name}}"), &[]);
    finds(&body(r"\d {{name}}"), &["this is not JSON: no such escape is known"]);
}

#[test]
fn what_stands_beside_blocks_is_there() {
    finds(&title("This is far too long for it{% if x %} x{% endif %}"), TOO_LONG);
    finds(&title("This {% if x %}one{% else %}two{% endif %} is far too long"), TOO_LONG);
    finds(&title("This {{#if x}}one{{/if}} is{{! not }} far too long"), TOO_LONG);
    finds(&title("This <% if x %>one<% end %> is far too long"), TOO_LONG);
    finds(
        &title("{% if x %}This is far too long for it{% else %}This too is long enough{% endif %}"),
        &[],
    );
    finds(&title("{% mine x %}This is far too long for it{% if x %}a{% endif %}"), &[]);
    finds(&title("This is far too long for it{% else %}a{% endif %}"), &[]);
    finds(&title("This is far too long for it{% endif %}"), &[]);
}

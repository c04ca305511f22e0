//! Half-made bodies with tags of ERB, EJS and their like, which hold code.

use super::half_made::{REPLY, buttons, finds, text};

#[test]
fn values_are_places() {
    finds(&text(r#""text":{"body":"Hi <%= name || "you" %>"}"#), &[]);
    finds(&text(r#""text":{"body":<%- JSON.stringify({ a: 1 }) %>,"preview_url":<%== x %>}"#), &[]);
    finds(&text(r#""text":{"body":1<%= x %>,"<%= name %>":1}"#), &[]);
    finds(&text(r#""text":{"bdy":"<%= name %>"}"#), &["WA-unknown text.bdy"]);
    let long = "a".repeat(4_096);
    finds(&text(&format!(r#""text":{{"body":"<%= x %>{long}b"}}"#)), &["WA-too-long text.body"]);
    finds(&text(r#""text":{"body":"5 <% of them", "bdy":"<"}"#), &["WA-unknown text.bdy"]);
}

#[test]
fn blocks_of_ruby_are_conditions() {
    for [open, between, close] in [
        ["<% if x %>", "<% elsif y %>", "<% end %>"],
        ["<%- unless x -%>", "<%- else -%>", "<%- end -%>"],
        ["<% case x %><% when 1 %>", "<% when 2 %>", "<% end %>"],
        ["<%= if x do %>", "<% else %>", "<% end %>"],
        ["<% xs.each do |x| %>", "<%# more %>", "<% end %>"],
        ["<% xs.each { |x| %>", "<% a = b if c %>", "<% } %>"],
    ] {
        let body = |one: &str, other: &str| {
            text(&format!(
                r#"{open}"text":{{"body":{one}}},{between}"text":{{"body":{other}}}{close}"#
            ))
        };
        finds(&body("\"a\"", "\"b\""), &[]);
        finds(&body("\"a\"", "7"), &["WA-type text.body"]);
    }
}

#[test]
fn blocks_of_scripts_are_conditions() {
    for [open, between, close] in [
        ["<% if (x) { %>", "<% } else if (y) { %>", "<% } %>"],
        ["<%_ if (x) { _%>", "<%_ } else { _%>", "<%_ } _%>"],
        ["<% xs.forEach((x) => { %>", "<% const y = { a: 1 }; %>", "<% }); %>"],
        ["<% _.each(xs, function(x) { %>", "<%# more %>", "<% }) %>"],
        ["<% switch (x) { case 1: %>", "<% break; case 2: %>", "<% } %>"],
    ] {
        let items = |title: &str| {
            let other = REPLY.replace("\"A\"", title);
            buttons(&format!("{open}{REPLY},{between}{other}{close}"))
        };
        finds(&items("\"A\""), &[]);
        finds(&items("5"), &["WA-type interactive.action.buttons[1].reply.title"]);
    }
}

#[test]
fn what_comes_before_a_body_is_no_part_of_it() {
    let body = text(r#""text":{"body":7}"#);
    for before in
        ["<%# about it %>", "<%-- about it --%>", "<% x = 1 %>", "<%- require \"json\" -%>"]
    {
        finds(&format!("{before}\n{body}"), &["WA-type text.body"]);
        finds(&format!("{body}\n{before}"), &["WA-type text.body"]);
    }
}

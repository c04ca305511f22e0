//! The functions of SQL as others call them, and the rights that they need.

use wa_message::{
    Client,
    outbox::{
        Decision, EntryError, Filter, NewEntry, Obstacle, Outbox, OutboxError, State,
        postgres::{self, tokio_postgres},
    },
};
use wa_sandbox::Sandbox;

use super::{NUMBER, connect, message, refused, server};

#[tokio::test]
async fn an_entry_stands_or_falls_with_the_transaction_it_is_in() {
    let Some(url) = server::database().await else { return };
    let outbox = Outbox::open(&url).await.unwrap();
    let mut shop = connect(&url).await;
    let entry = NewEntry::new(NUMBER, &message()).key("order-17").data("mine").priority(4);

    let transaction = shop.transaction().await.unwrap();
    let gone = postgres::enqueue(&transaction, &entry).await.unwrap();
    assert!(gone.is_new);
    transaction.rollback().await.unwrap();
    assert_eq!(outbox.summary().await.unwrap().total(), 0);

    let transaction = shop.transaction().await.unwrap();
    let first = postgres::enqueue(&transaction, &entry).await.unwrap();
    let second = postgres::enqueue(&transaction, &entry).await.unwrap();
    assert_eq!((first.is_new, second.is_new, first.id), (true, false, second.id));
    let error = postgres::enqueue(&transaction, &entry.clone().priority(10)).await.unwrap_err();
    assert!(matches!(error, OutboxError::Entry(EntryError::Priority)));
    transaction.commit().await.unwrap();
    let known = outbox.show(first.id).await.unwrap();
    assert_eq!(
        (known.data.as_deref(), known.priority, known.state),
        (Some("mine"), 4, State::Pending)
    );
    // The same by the outbox itself.
    let same = outbox.enqueue(entry.clone()).await.unwrap();
    assert_eq!((same.id, same.is_new), (first.id, false));
}

/// With two spaces, which stay.
const BODY: &str =
    "{\"to\": \"+15550100\",  \"messaging_product\":\"whatsapp\", \"text\": {\"body\": \"Hello\"}}";

/// What any language calls, and what the worker makes of it.
#[tokio::test]
async fn a_function_of_sql_puts_entries_in() {
    let Some(url) = server::database().await else { return };
    let outbox = Outbox::open(&url).await.unwrap();
    let mut shop = connect(&url).await;
    let call = format!(
        "select wa_outbox.enqueue(number => '{NUMBER}', body => '{BODY}', key => 'order-17')::text"
    );

    let transaction = shop.transaction().await.unwrap();
    transaction.query_one(&call, &[]).await.unwrap();
    transaction.rollback().await.unwrap();
    let first: String = shop.query_one(&call, &[]).await.unwrap().get(0);
    let second: String = shop.query_one(&call, &[]).await.unwrap().get(0);
    assert_eq!(first, second);
    let entry = outbox.show(first.parse().unwrap()).await.unwrap();
    assert_eq!((&*entry.body, entry.key.as_deref(), entry.priority), (BODY, Some("order-17"), 0));
    assert_eq!(entry.created, entry.due);
    let later = format!(
        "select wa_outbox.enqueue('{NUMBER}', '{{\"to\": 5, \"biz_opaque_callback_data\": \"mine\"}}', due => now() - interval '1 day', \
         priority => 9, expires => 'infinity')::text"
    );
    let id: String = shop.query_one(&later, &[]).await.unwrap().get(0);
    let entry = outbox.show(id.parse().unwrap()).await.unwrap();
    assert_eq!((entry.data.as_deref(), entry.expires, entry.priority), (Some("mine"), None, 9));

    let sandbox = Sandbox::start().await.unwrap();
    let client =
        Client::builder(sandbox.token(), NUMBER).base_url(sandbox.base_url()).build().unwrap();
    outbox.worker(&client).drain().await.unwrap();
    assert_eq!(outbox.show(id.parse().unwrap()).await.unwrap().state, State::Invalid);
    let ids: Vec<_> = outbox
        .list(Filter::new())
        .await
        .unwrap()
        .iter()
        .map(|entry| entry.id.to_string())
        .collect();
    assert_eq!(ids, [first, id]);
}

#[tokio::test]
async fn what_cannot_be_an_entry_is_an_error_of_sql() {
    let Some(url) = server::database().await else { return };
    Outbox::open(&url).await.unwrap();
    let shop = connect(&url).await;
    for (arguments, said) in [
        ("'', '{}'", "the id of the business phone number is empty"),
        ("null, '{}'", "the id of the business phone number is empty"),
        ("'1', null", "the body of an entry is an object of JSON, not nothing"),
        ("'1', '[]'", "the body of an entry is an object of JSON, not array"),
        ("'1', '{}', key => ''", "a key of an entry has 1 to 512 bytes"),
        ("'1', '{}', key => repeat('ä', 257)", "a key of an entry has 1 to 512 bytes"),
        ("'1', '{}', priority => 10", "the priority of an entry is a number from 0 to 9, not 10"),
        (
            "'1', '{}', due => 'infinity'",
            "an entry is due at a time of the calendar, not at infinity",
        ),
        (
            "'1', '{}', expires => '-infinity'",
            "an entry expires at a time of the calendar, not at -infinity",
        ),
    ] {
        let error = shop
            .query_one(&format!("select wa_outbox.enqueue({arguments})"), &[])
            .await
            .unwrap_err();
        let error = error.as_db_error().unwrap();
        assert_eq!((error.message(), error.code().code()), (said, "22023"));
    }
}

/// Whoever may put entries in may do nothing else.
#[tokio::test]
async fn a_user_with_two_rights_puts_in_and_reads_nothing() {
    let Some(url) = server::database().await else { return };
    let outbox = Outbox::open(&url).await.unwrap();
    let role = url.rsplit('/').next().unwrap().replace("outbox", "shop");
    let mut shop = connect(&url).await;
    shop.batch_execute(&format!("create role {role}; set role {role}")).await.unwrap();
    let call = "select wa_outbox.enqueue('1', '{}')";
    assert!(shop.query_one(call, &[]).await.is_err());
    shop.batch_execute(&format!(
        "reset role; grant usage on schema wa_outbox to {role}; \
         grant execute on function wa_outbox.enqueue, wa_outbox.enqueue_as to {role}; set role {role}"
    ))
    .await
    .unwrap();
    shop.query_one(call, &[]).await.unwrap();
    let transaction = shop.transaction().await.unwrap();
    postgres::enqueue(&transaction, &NewEntry::new("1", &message())).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(outbox.summary().await.unwrap().total(), 2);
    let lease = "select * from wa_outbox.lease(null, '1', 1, 1, 1, 1, 1, 1)";
    for forbidden in ["select body from wa_outbox.entries", "delete from wa_outbox.entries", lease]
    {
        let error = shop.query(forbidden, &[]).await.unwrap_err();
        assert_eq!(error.code().unwrap().code(), "42501", "{forbidden}");
    }
}

/// The rights that the documentation names are enough once the schema is there, and too few before.
#[tokio::test]
async fn a_user_with_rights_to_the_tables_runs_an_outbox() {
    let Some(url) = server::database().await else { return };
    let role = url.rsplit('/').next().unwrap().replace("outbox", "runner");
    let owner = connect(&url).await;
    owner.batch_execute(&format!("create role {role} login password 'secret'")).await.unwrap();
    let config: tokio_postgres::Config = url.parse().unwrap();
    let name = config.get_dbname().unwrap();
    let as_runner = format!("postgres://{role}:secret@127.0.0.1:{}/{name}", config.get_ports()[0]);
    assert_eq!(refused(&as_runner).await.0, Some(Obstacle::Forbidden));

    Outbox::open(&url).await.unwrap();
    assert_eq!(refused(&as_runner).await.0, Some(Obstacle::Forbidden));
    let rights = format!(
        "grant usage on schema wa_outbox to {role}; \
         grant select, insert, update, delete on all tables in schema wa_outbox to {role}; \
         grant execute on all functions in schema wa_outbox to {role}"
    );
    owner.batch_execute(&rights).await.unwrap();
    let outbox = Outbox::open(&as_runner).await.unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let entry = NewEntry::new(sandbox.phone_number_id(), &message());
    let called_off = outbox.enqueue(entry.clone()).await.unwrap().id;
    outbox.decide(called_off, Decision::Cancel, "Ada").await.unwrap();
    outbox.enqueue(entry).await.unwrap();
    let client =
        Client::builder(sandbox.token(), sandbox.phone_number_id()).base_url(sandbox.base_url());
    let tally = outbox.worker(&client.build().unwrap()).drain().await.unwrap();
    assert_eq!(tally.to_string(), "1 accepted");
}

/// Whoever may make functions and operators in a schema that the user of the outbox searches makes them run as that user, where
/// they fit better than those of the server.
#[tokio::test]
async fn functions_and_operators_of_others_are_not_called() {
    let Some(url) = server::database().await else { return };
    let owner = connect(&url).await;
    let mut hostile = vec![String::from(
        "create function hostile() returns void language plpgsql as $$ begin raise exception 'called'; end $$;",
    )];
    for (left, name, right, result) in [
        ("bigint", "*", "interval", "interval"),
        ("integer", "*", "interval", "interval"),
        ("bigint", "/", "integer", "bigint"),
        ("bigint", "-", "integer", "bigint"),
        ("bigint", "*", "integer", "bigint"),
        ("integer", "-", "smallint", "bigint"),
        ("smallint", ">", "bigint", "boolean"),
        ("uuid", "=", "text", "boolean"),
        ("text", "=", "varchar", "boolean"),
        ("jsonb", "->>", "varchar", "text"),
        ("json", "->>", "varchar", "text"),
    ] {
        hostile.push(format!(
            "create or replace function hostile_operator({left}, {right}) returns {result} language plpgsql \
                as $$ begin perform public.hostile(); return null; end $$; \
             create operator public.{name} (leftarg = {left}, rightarg = {right}, procedure = hostile_operator);"
        ));
    }
    for call in ["clock_timestamp()", "current_setting(varchar)", "micros(interval)"] {
        hostile.push(format!(
            "create function public.{call} returns text language plpgsql \
                as $$ begin perform public.hostile(); return null; end $$;"
        ));
    }
    owner.batch_execute(&hostile.concat()).await.unwrap();

    let outbox = Outbox::open(&url).await.unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next(1, wa_sandbox::Fault::Code(130_429));
    for at in 0..3 {
        let entry = NewEntry::new(sandbox.phone_number_id(), &message()).key(format!("{at}"));
        outbox.enqueue(entry.clone()).await.unwrap();
        outbox.enqueue(entry).await.unwrap();
    }
    let client = Client::builder(sandbox.token(), sandbox.phone_number_id())
        .base_url(sandbox.base_url())
        .build()
        .unwrap();
    let worker = outbox.worker(&client).lease(std::time::Duration::from_secs(2));
    assert_eq!(worker.drain().await.unwrap().of(wa_message::outbox::State::Accepted), 3);
    outbox.send_now(&client, "now", &message()).await.unwrap();
    assert_eq!(outbox.summary().await.unwrap().to_string(), "4 accepted");
    assert_eq!(outbox.list(Filter::new()).await.unwrap().len(), 4);
}

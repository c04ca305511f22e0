-- An outbox for WhatsApp messages, in SQLite. Times are milliseconds since 1970, those of the pace microseconds.

create table wa_outbox_entries (
    id        text    not null primary key,
    number    text    not null,
    key       text,
    data      text,
    recipient text    not null,
    body      text    not null,
    priority  integer not null default 0 check (priority between 0 and 9),
    created   integer not null,
    due       integer not null,
    expires   integer,
    state     text    not null default 'pending' check (state in
        ('pending', 'leased', 'sending', 'accepted', 'refused', 'in_doubt', 'expired', 'cancelled', 'invalid')),
    changed   integer not null,
    worker    text,
    nonce     integer not null default 0,
    lease     integer,
    tries     integer not null default 0,
    wamid     text,
    status    text,
    rank      integer,
    failure   text
) strict, without rowid;

create unique index wa_outbox_by_key on wa_outbox_entries (number, key) where key is not null;
create index wa_outbox_by_turn on wa_outbox_entries (number, priority, due, id) where state = 'pending';
create index wa_outbox_by_expiry on wa_outbox_entries (expires) where state = 'pending' and expires is not null;
create index wa_outbox_by_lease on wa_outbox_entries (lease) where state = 'leased';
create index wa_outbox_by_worker on wa_outbox_entries (worker) where state = 'sending';
create index wa_outbox_by_state on wa_outbox_entries (state, id);

create table wa_outbox_numbers (
    number     text    not null primary key,
    per_second integer not null default 75,
    tat        integer not null default 0
) strict, without rowid;

create table wa_outbox_recipients (
    number    text    not null,
    recipient text    not null,
    tat       integer not null,
    primary key (number, recipient)
) strict, without rowid;
create index wa_outbox_recipients_at_rest on wa_outbox_recipients (tat);

create table wa_outbox_workers (
    id   text    not null primary key,
    seen integer not null
) strict, without rowid;

-- What holds everything back: limits of the account and of the app.
create table wa_outbox_holds (
    scope text    not null primary key,
    until integer not null
) strict, without rowid;

create table wa_outbox_decisions (
    entry   text    not null,
    at      integer not null,
    what    text    not null,
    author  text    not null
) strict;
create index wa_outbox_decisions_of_entry on wa_outbox_decisions (entry);

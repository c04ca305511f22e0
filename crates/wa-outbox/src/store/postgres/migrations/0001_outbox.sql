-- An outbox for WhatsApp messages, in PostgreSQL. All times are those of this server.

create table wa_outbox.entries (
    id        uuid        not null primary key,
    number    text        not null,
    key       text,
    data      text,
    recipient text        not null,
    -- Not jsonb: a body is kept as it came.
    body      json        not null,
    priority  smallint    not null default 0 check (priority between 0 and 9),
    created   timestamptz not null,
    due       timestamptz not null,
    expires   timestamptz,
    state     text        not null default 'pending' check (state in
        ('pending', 'leased', 'sending', 'accepted', 'refused', 'in_doubt', 'expired', 'cancelled', 'invalid')),
    changed   timestamptz not null,
    worker    uuid,
    nonce     bigint      not null default 0,
    lease     timestamptz,
    tries     integer     not null default 0,
    wamid     text,
    status    text,
    rank      smallint,
    failure   json
);

create unique index entries_by_key on wa_outbox.entries (number, key) where key is not null;
create index entries_by_turn on wa_outbox.entries (number, priority, due, id) where state = 'pending';
create index entries_by_expiry on wa_outbox.entries (expires) where state = 'pending' and expires is not null;
create index entries_by_lease on wa_outbox.entries (lease) where state = 'leased';
create index entries_by_worker on wa_outbox.entries (worker) where state = 'sending';
create index entries_by_state on wa_outbox.entries (state, id);

-- Each entry moves some four times, which leaves as many dead rows behind.
alter table wa_outbox.entries set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create table wa_outbox.numbers (
    number     text        not null primary key,
    per_second integer     not null default 75 check (per_second > 0),
    tat        timestamptz not null default 'epoch'
) with (fillfactor = 50);

create table wa_outbox.recipients (
    number    text        not null,
    recipient text        not null,
    tat       timestamptz not null,
    primary key (number, recipient)
);
create index recipients_at_rest on wa_outbox.recipients (tat);

create table wa_outbox.workers (
    id   uuid        not null primary key,
    seen timestamptz not null
) with (fillfactor = 50);

-- What holds everything back: limits of the account and of the app.
create table wa_outbox.holds (
    scope text        not null primary key,
    until timestamptz not null
);

create table wa_outbox.decisions (
    turn   bigint      generated always as identity primary key,
    entry  uuid        not null,
    at     timestamptz not null,
    what   text        not null,
    author text        not null
);
create index decisions_of_entry on wa_outbox.decisions (entry);

-- An id of version 7: later ones sort behind earlier ones.
create function wa_outbox.new_id() returns uuid
language sql volatile set search_path = pg_catalog, pg_temp
as $$
    select encode(
        set_bit(set_bit(overlay(
            uuid_send(gen_random_uuid())
            placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6
        ), 52, 1), 53, 1),
        'hex'
    )::uuid
$$;

-- Puts an entry in under an id that the caller has made, and returns the id that stands: this one, or that of the entry
-- which has the key already.
create function wa_outbox.enqueue_as(
    id uuid, number text, body json, key text, due timestamptz, priority integer, expires timestamptz, data text
) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    now   timestamptz := clock_timestamp();
    kind  text := json_typeof(enqueue_as.body);
    stands uuid;
begin
    if coalesce(enqueue_as.number, '') = '' then
        raise exception 'the id of the business phone number is empty' using errcode = 'invalid_parameter_value';
    elsif kind is distinct from 'object' then
        raise exception 'the body of an entry is an object of JSON, not %', coalesce(kind, 'nothing')
            using errcode = 'invalid_parameter_value';
    elsif octet_length(enqueue_as.key) not between 1 and 512 then
        raise exception 'a key of an entry has 1 to 512 bytes' using errcode = 'invalid_parameter_value';
    elsif coalesce(enqueue_as.priority, 0) not between 0 and 9 then
        raise exception 'the priority of an entry is a number from 0 to 9, not %', enqueue_as.priority
            using errcode = 'invalid_parameter_value';
    elsif not isfinite(coalesce(enqueue_as.due, now)) then
        raise exception 'an entry is due at a time of the calendar, not at %', enqueue_as.due
            using errcode = 'invalid_parameter_value';
    elsif enqueue_as.expires = '-infinity' then
        raise exception 'an entry expires at a time of the calendar, not at %', enqueue_as.expires
            using errcode = 'invalid_parameter_value';
    end if;
    loop
        insert into wa_outbox.entries as e (id, number, key, data, recipient, body, priority, created, due, expires, changed)
        values (
            enqueue_as.id, enqueue_as.number, enqueue_as.key,
            -- The outbox sends callback data of its own, by which it knows the message again.
            coalesce(enqueue_as.data, enqueue_as.body ->> 'biz_opaque_callback_data'),
            ltrim(coalesce(enqueue_as.body ->> 'to', enqueue_as.body ->> 'recipient', ''), '+'),
            enqueue_as.body, coalesce(enqueue_as.priority, 0), now, coalesce(enqueue_as.due, now),
            nullif(enqueue_as.expires, 'infinity'), now
        )
        on conflict (number, key) where key is not null do nothing
        returning e.id into stands;
        exit when stands is not null;
        select e.id into stands from wa_outbox.entries e
        where e.number = enqueue_as.number and e.key = enqueue_as.key;
        -- It may have been removed in between.
        exit when stands is not null;
    end loop;
    return stands;
end
$$;

-- Puts an entry in, in the transaction of the caller, and returns its id. A second one with the same key is not taken, and
-- the id of the first is returned.
create function wa_outbox.enqueue(
    number   text,
    body     json,
    key      text        default null,
    due      timestamptz default null,
    priority integer     default 0,
    expires  timestamptz default null,
    data     text        default null
) returns uuid
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
    select wa_outbox.enqueue_as(wa_outbox.new_id(), $1, $2, $3, $4, $5, $6, $7)
$$;

-- Whoever is to put entries in needs nothing but this:
--     grant usage on schema wa_outbox to shop;
--     grant execute on function wa_outbox.enqueue, wa_outbox.enqueue_as to shop;
revoke all on function wa_outbox.enqueue, wa_outbox.enqueue_as from public;

create function wa_outbox.micros(span interval) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp
as $$ select round(extract(epoch from span) * 1000000)::bigint $$;

-- Leases entries of a number whose turn it is, as far as its pace has room. It is one statement of one transaction, so
-- that no lock waits for a worker, which may have been stopped. Each row has the time in microseconds until its turn. The
-- last row has no entry, but the time until there may be more, if that is known.
--
-- There is an index for each question, which has the order too. The settings keep the planner from other ways, which it takes
-- as long as it does not know how much there is in a table.
create function wa_outbox.lease(
    the_worker uuid, the_number text, most bigint, lease_ms bigint, second_us bigint, ahead_us bigint, every_ms bigint,
    tolerance_ms bigint
) returns table (entry uuid, its_nonce bigint, its_recipient text, its_body text, its_tries integer, wait_us bigint)
language plpgsql set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off set jit = off
as $$
#variable_conflict use_column
declare
    millisecond constant interval := interval '1 millisecond';
    microsecond constant interval := interval '1 microsecond';
    now       timestamptz;
    until     timestamptz;
    pace      record;
    candidate record;
    slice     bigint;
    lead      bigint;
    room      bigint;
    looks     bigint;
    level     smallint := 32767;
    free      timestamptz;
    put_off   jsonb := '{}';
    before    bigint;
    chosen    uuid[] := '{}';
    taken     bigint := 0;
begin
    -- A lease that is lost with the server falls back, and that is all.
    perform set_config('synchronous_commit', 'off', true);
    insert into wa_outbox.workers as w (id, seen) values (the_worker, clock_timestamp())
    on conflict (id) do update set seen = greatest(w.seen, excluded.seen);
    now := clock_timestamp();

    select max(h.until) into until from wa_outbox.holds h where h.until > now;
    if until is not null then
        wait_us := wa_outbox.micros(until - now);
        return next;
        return;
    end if;

    -- Whoever has the row of the number has its pace and those of its recipients.
    for attempt in 1..2 loop
        select second_us / n.per_second as gap, n.tat into pace
        from wa_outbox.numbers n where n.number = the_number for update skip locked;
        exit when found;
        if attempt = 2 then
            -- Another worker has it, for a moment.
            wait_us := 2000;
            return next;
            return;
        end if;
        insert into wa_outbox.numbers (number) values (the_number) on conflict do nothing;
    end loop;
    pace.gap := greatest(pace.gap, 1);
    slice := greatest(ahead_us, pace.gap);
    lead := wa_outbox.micros(greatest(pace.tat, now) - now);
    room := greatest(slice - lead, 0) / pace.gap;
    if room = 0 then
        wait_us := greatest(lead + greatest(ahead_us / 2, pace.gap) - slice, 0);
        return next;
        return;
    end if;

    most := least(most, room);
    looks := most * 4;
    <<levels>>
    loop
        -- Each priority is asked for by itself, so that what is due later is never looked at.
        level := (
            select e.priority from wa_outbox.entries e
            where e.number = the_number and e.state = 'pending' and e.priority < level
            order by e.priority desc limit 1
        );
        exit levels when level is null;
        for candidate in
            select e.id, e.recipient from wa_outbox.entries e
            where e.number = the_number and e.state = 'pending' and e.priority = level and e.due <= now
                and (e.expires is null or e.expires > now)
            order by e.due, e.id limit looks
            for update skip locked
        loop
            looks := looks - 1;
            if every_ms is not null then
                select r.tat into free from wa_outbox.recipients r
                where r.number = the_number and r.recipient = candidate.recipient;
                if free - tolerance_ms * millisecond > now then
                    -- It is due later, so that it is not looked at again and again.
                    before := coalesce((put_off ->> candidate.recipient)::bigint, 0);
                    update wa_outbox.entries e set due = free + (every_ms * before - tolerance_ms) * millisecond
                    where e.id = candidate.id;
                    put_off := put_off || jsonb_build_object(candidate.recipient, before + 1);
                    continue;
                end if;
                insert into wa_outbox.recipients as r (number, recipient, tat)
                values (the_number, candidate.recipient, greatest(free, now) + every_ms * millisecond)
                on conflict (number, recipient) do update set tat = greatest(r.tat, excluded.tat);
            end if;
            chosen := chosen || candidate.id;
            taken := taken + 1;
            exit levels when taken >= most;
        end loop;
        exit levels when looks <= 0;
    end loop;

    if taken > 0 then
        return query
            with leased as (
                update wa_outbox.entries e
                set state = 'leased', changed = now, worker = the_worker, nonce = e.nonce + 1,
                    lease = now + lease_ms * millisecond
                from unnest(chosen) with ordinality as c (id, turn)
                where e.id = c.id and e.state = 'pending'
                returning e.id, e.nonce, e.recipient, e.body::text as body, e.tries, c.turn
            )
            select l.id, l.nonce, l.recipient, l.body, l.tries, lead + pace.gap * (l.turn - 1)
            from leased l order by l.turn;
        update wa_outbox.numbers n set tat = greatest(pace.tat, now) + taken * pace.gap * microsecond
        where n.number = the_number;
    end if;
    lead := lead + taken * pace.gap;
    if taken = room then
        wait_us := greatest(lead + greatest(ahead_us / 2, pace.gap) - slice, 0);
    elsif taken > 0 then
        wait_us := 0;
    else
        until := null;
        level := 32767;
        loop
            level := (
                select e.priority from wa_outbox.entries e
                where e.number = the_number and e.state = 'pending' and e.priority < level
                order by e.priority desc limit 1
            );
            exit when level is null;
            until := least(until, (
                select e.due from wa_outbox.entries e
                where e.number = the_number and e.state = 'pending' and e.priority = level and e.due > now
                order by e.due limit 1
            ));
        end loop;
        wait_us := wa_outbox.micros(until - now);
    end if;
    return next;
end
$$;
revoke all on function wa_outbox.lease from public;

-- The outbox itself, by which another one knows where an entry came from. A copy of the database has the same.
create table wa_outbox.identity (
    id uuid not null primary key
);
insert into wa_outbox.identity (id) values (gen_random_uuid());

-- What came from another outbox, as long as that one has it too. An entry that comes again after it was sent and removed
-- here, or has gone on to a third, is known by this.
create table wa_outbox.arrivals (
    entry  uuid not null,
    origin uuid not null,
    primary key (entry, origin)
);

-- Its operators are those of the server, whatever others have put into a schema that the user searches first.
alter function wa_outbox.lease(uuid, text, bigint, bigint, bigint, bigint, bigint, bigint)
    set search_path = pg_catalog, pg_temp;

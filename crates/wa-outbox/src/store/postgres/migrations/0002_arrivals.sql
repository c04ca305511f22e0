-- What came from another outbox, as long as that one has it too. An entry that comes again after it was sent and removed
-- here is known by this.
create table wa_outbox.arrivals (
    entry uuid not null primary key
);

-- Its operators are those of the server, whatever others have put into a schema that the user searches first.
alter function wa_outbox.lease(uuid, text, bigint, bigint, bigint, bigint, bigint, bigint)
    set search_path = pg_catalog, pg_temp;

-- What came from another outbox, as long as that one has it too. An entry that comes again after it was sent and removed
-- here is known by this.
create table wa_outbox_arrivals (
    entry text not null primary key
) strict, without rowid;

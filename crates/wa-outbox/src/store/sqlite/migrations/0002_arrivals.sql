-- The outbox itself, by which another one knows where an entry came from. A copy of the file has the same.
create table wa_outbox_identity (
    id text not null primary key
) strict, without rowid;
insert into wa_outbox_identity (id) values (
    lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'
        || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
);

-- What came from another outbox, as long as that one has it too. An entry that comes again after it was sent and removed
-- here, or has gone on to a third, is known by this.
create table wa_outbox_arrivals (
    entry  text not null,
    origin text not null,
    primary key (entry, origin)
) strict, without rowid;

-- Phones with what people said of them, exchanges, and the messages of each. Times are microseconds after 1970-01-01 UTC.
CREATE TABLE phone (
    id          TEXT PRIMARY KEY,
    mac         TEXT,
    vendor      TEXT,
    model       TEXT,
    version     TEXT,
    evidence    TEXT NOT NULL DEFAULT '[]',
    source      TEXT NOT NULL,
    interface   TEXT NOT NULL,
    first_asked INTEGER NOT NULL,
    last_asked  INTEGER NOT NULL,
    asked       INTEGER NOT NULL,
    notified    INTEGER NOT NULL,
    state       TEXT NOT NULL,
    rule        TEXT,
    url         TEXT,
    dialect     TEXT,
    reason      TEXT,
    name        TEXT,
    tags        TEXT NOT NULL DEFAULT '[]',
    adoption    TEXT NOT NULL DEFAULT 'new'
) STRICT;
CREATE INDEX phone_by_last ON phone (last_asked);

CREATE TABLE exchange (
    id           INTEGER PRIMARY KEY,
    phone        TEXT NOT NULL REFERENCES phone (id) ON DELETE CASCADE,
    asked_at     INTEGER NOT NULL,
    interface    TEXT NOT NULL,
    source       TEXT NOT NULL,
    state        TEXT NOT NULL,
    rule         TEXT,
    url          TEXT,
    dialect      TEXT,
    status       INTEGER,
    reason       TEXT
) STRICT;
CREATE INDEX exchange_by_phone ON exchange (phone, id);

CREATE TABLE message (
    exchange     INTEGER NOT NULL REFERENCES exchange (id) ON DELETE CASCADE,
    at           INTEGER NOT NULL,
    direction    TEXT NOT NULL,
    local        TEXT NOT NULL,
    peer         TEXT NOT NULL,
    is_multicast INTEGER NOT NULL,
    bytes        BLOB NOT NULL
) STRICT;
CREATE INDEX message_by_exchange ON message (exchange);

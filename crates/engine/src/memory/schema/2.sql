-- What was learned of products, and what an exchange needs to be played again: our address, the decision, the random
-- bytes that were drawn, the shape that was known to work, each step with its time, and of each datagram of ours when
-- that was handled which caused it.
CREATE TABLE learned (
    vendor  TEXT NOT NULL,
    model   TEXT NOT NULL,
    version TEXT NOT NULL,
    dialect TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (vendor, model, version)
) STRICT;

ALTER TABLE phone ADD COLUMN server TEXT;

ALTER TABLE exchange ADD COLUMN server TEXT;
ALTER TABLE exchange ADD COLUMN decision TEXT;
ALTER TABLE exchange ADD COLUMN learned TEXT;
ALTER TABLE exchange ADD COLUMN entropy TEXT NOT NULL DEFAULT '[]';
ALTER TABLE exchange ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
ALTER TABLE exchange ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;

ALTER TABLE message ADD COLUMN caused_at INTEGER;

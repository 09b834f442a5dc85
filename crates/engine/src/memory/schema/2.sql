-- What was learned of products, and what an exchange needs to be played again: our address, the decision, the random
-- bytes that were drawn, the shape that was known to work, and each step with its time.
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

-- One row an announcement. Instants are milliseconds since 1970, UTC: story time, but for lease_until, which is the database's own.
CREATE TABLE announcements (
    id            TEXT    PRIMARY KEY,               -- 32 hexadecimal letters
    channel       TEXT    NOT NULL,
    event         TEXT    NOT NULL,
    series        INTEGER NOT NULL,                  -- 1: of the whole series, said once
    day           TEXT,                              -- the date before any change, of a repeating event: 2026-12-03
    nth           INTEGER NOT NULL,
    title         TEXT    NOT NULL,
    file          TEXT    NOT NULL,
    wave          TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    ideal         INTEGER NOT NULL,
    due           INTEGER NOT NULL,
    until         INTEGER NOT NULL,
    moved_from    INTEGER,
    moved_why     TEXT,
    post          TEXT,                              -- JSON, as composed last
    revision      INTEGER NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN
        ('scheduled', 'sending', 'unknown', 'held', 'sent', 'skipped', 'missed', 'failed', 'withdrawn')),
    reason        TEXT,
    attempts      INTEGER NOT NULL,
    next_try      INTEGER,
    key           TEXT,                              -- fixed before the first try, as are the two below
    frozen        TEXT,                              -- JSON, pictures by hash
    first_tried   INTEGER,
    last_tried    INTEGER,
    receipt       TEXT,                              -- JSON
    version       INTEGER NOT NULL,
    created       INTEGER NOT NULL,
    changed       INTEGER NOT NULL,
    lease_holder  TEXT,
    lease_until   INTEGER,
    lease_length  INTEGER,
    UNIQUE (channel, key),
    CHECK ((key IS NULL) = (frozen IS NULL) AND (key IS NULL) = (first_tried IS NULL) AND (key IS NULL) = (last_tried IS NULL)),
    CHECK ((state = 'sent') <= (receipt IS NOT NULL)),
    CHECK ((state IN ('sending', 'unknown')) <= (key IS NOT NULL))
) STRICT;

CREATE INDEX announcements_by_state ON announcements (state, channel, due);

-- What a step of a delivery gave: kept across a crash.
CREATE TABLE steps (
    id     TEXT    NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    name   TEXT    NOT NULL,
    value  TEXT    NOT NULL,                         -- JSON
    at     INTEGER NOT NULL,
    PRIMARY KEY (id, name)
) STRICT;

-- Pictures as they are sent, kept until it is certain how their posts ended.
CREATE TABLE pictures (
    hash   TEXT    PRIMARY KEY,
    bytes  BLOB    NOT NULL
) STRICT;

CREATE TABLE frozen_pictures (
    id     TEXT    NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    hash   TEXT    NOT NULL REFERENCES pictures (hash),
    PRIMARY KEY (id, hash)
) STRICT;

-- Which channels speak from here, since when, for which server and site.
CREATE TABLE channels (
    name        TEXT    PRIMARY KEY,
    started_at  INTEGER NOT NULL,
    server      TEXT,
    base_url    TEXT    NOT NULL
) STRICT;

-- One row: how many passes there were. The same number stands beside the database; one that is behind is a copy brought back.
CREATE TABLE passes (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    number  INTEGER NOT NULL
) STRICT;

INSERT INTO passes (only, number) VALUES (1, 0);

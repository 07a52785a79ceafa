import type { Database } from "better-sqlite3";

/** One step of the schema's history, run once inside a transaction by the workspace's migration runner. */
export interface ReadingsMigration {
  readonly name: string;
  up(db: Database): void;
}

const INITIAL = `
CREATE TABLE reading_series (
  id INTEGER PRIMARY KEY,
  channel_id TEXT NOT NULL UNIQUE,
  quantity TEXT NOT NULL,
  decimals INTEGER NOT NULL,
  interval_ms INTEGER NOT NULL,
  resolution_ms INTEGER NOT NULL DEFAULT 1000,
  registered_at INTEGER NOT NULL
) STRICT;

-- Time comes first in the key: one tick of all sensors then dirties one page instead of one page per sensor.
CREATE TABLE hot_readings (
  at INTEGER NOT NULL,
  series INTEGER NOT NULL,
  value REAL NOT NULL,
  quality INTEGER NOT NULL DEFAULT 0,
  n INTEGER,
  min REAL,
  max REAL,
  PRIMARY KEY (at, series)
) STRICT, WITHOUT ROWID;

-- id = series * 2^20 + UTC day; blobs last, so that header columns never follow an overflow chain.
CREATE TABLE reading_chunks (
  id INTEGER PRIMARY KEY,
  days INTEGER NOT NULL,
  n INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  codec INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

CREATE INDEX reading_chunks_of_a_day ON reading_chunks (id) WHERE days = 1;

CREATE TABLE reading_rollups (
  id INTEGER PRIMARY KEY,
  days INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- What a later reading at the same (channel, time) replaced; append-only.
CREATE TABLE reading_replacements (
  series INTEGER NOT NULL,
  at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  old_value REAL NOT NULL,
  old_quality INTEGER NOT NULL,
  new_value REAL NOT NULL,
  new_quality INTEGER NOT NULL,
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (series, at, revision)
) STRICT, WITHOUT ROWID;

-- What people decided about readings; raw data stays as it came, an undone annotation stays listed.
CREATE TABLE reading_annotations (
  id TEXT PRIMARY KEY,
  series INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  factor REAL,
  offset REAL,
  reason TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX reading_annotations_by_series ON reading_annotations (series, from_at);
`;

const DERIVATIONS = `-- Derived channels: the version whose results are stored, and the days that have to be computed again.
CREATE TABLE reading_derivations (target TEXT PRIMARY KEY, version TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE reading_dirty (
  target TEXT NOT NULL,
  day INTEGER NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  PRIMARY KEY (target, day)
) STRICT, WITHOUT ROWID;
`;

const SHARING = `-- Own channels that others get, and what of each UTC day is on the server; \`changes\` waits to be sent where above 0.
CREATE TABLE shared_channels (
  channel_id TEXT PRIMARY KEY,
  audience TEXT NOT NULL CHECK (audience IN ('none', 'group', 'public')),
  resolution TEXT NOT NULL CHECK (resolution IN ('raw', 'hourly')),
  since_day INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  next_seq INTEGER NOT NULL,
  to_delete INTEGER NOT NULL DEFAULT 0,
  refused_code TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE shared_days (
  channel_id TEXT NOT NULL,
  day INTEGER NOT NULL,
  changes INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0,
  sent_readings INTEGER,
  sent_bytes INTEGER,
  sent_at INTEGER,
  PRIMARY KEY (channel_id, day)
) STRICT, WITHOUT ROWID;
-- What is on its way, one segment a channel: after a crash the very same bytes are sent again.
CREATE TABLE shared_outbox (
  channel_id TEXT PRIMARY KEY,
  day INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  readings INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  data BLOB NOT NULL
) STRICT;
-- Channels of other members, and how far their segments have come.
CREATE TABLE received_channels (
  channel_id TEXT PRIMARY KEY,
  sensor_id TEXT,
  sensor_name TEXT NOT NULL,
  quantity TEXT NOT NULL,
  key TEXT NOT NULL,
  place TEXT NOT NULL,
  exposure TEXT NOT NULL,
  interval_ms INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  user_name TEXT NOT NULL,
  public_key TEXT NOT NULL,
  audience TEXT NOT NULL,
  resolution TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  first_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE received_pieces (sha256 TEXT PRIMARY KEY, at INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
`;

/** The readings tables, in order; to be run by the workspace's migration runner. */
export const readingsMigrations: readonly ReadingsMigration[] = [
  { name: "readings-001-initial", up: (db) => db.exec(INITIAL) },
  { name: "readings-002-derivations", up: (db) => db.exec(DERIVATIONS) },
  { name: "readings-003-sharing", up: (db) => db.exec(SHARING) },
];

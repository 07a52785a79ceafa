import type { Migration } from "../sqlite/index.ts";

/** Tables of the update log; nothing in them is ever overwritten, snapshots aside. */
export const documentMigrations: readonly Migration[] = [
  {
    name: "documents-001-update-log",
    up(db) {
      db.exec(`
        create table devices (
          id text primary key,
          name text not null default '',
          is_local integer not null check (is_local in (0, 1)),
          file_identity text,
          created_at integer not null,
          retired_at integer
        ) strict, without rowid;
        create unique index devices_local on devices (is_local) where is_local = 1;

        create table documents (
          id text primary key,
          created_at integer not null
        ) strict, without rowid;

        create table document_updates (
          seq integer primary key autoincrement,
          document_id text not null references documents (id),
          origin text not null check (origin in ('seed', 'local', 'remote')),
          device_id text references devices (id),
          at integer not null,
          data blob not null
        ) strict;
        create index document_updates_by_document on document_updates (document_id, seq);

        create table document_snapshots (
          document_id text primary key references documents (id),
          up_to_seq integer not null,
          state_vector blob not null,
          sha256 text not null,
          at integer not null,
          data blob not null
        ) strict;

        create table document_clients (
          device_id text not null references devices (id),
          document_id text not null references documents (id),
          client_id integer not null,
          created_at integer not null,
          primary key (device_id, document_id)
        ) strict, without rowid;

        create table document_quarantine (
          id integer primary key autoincrement,
          document_id text not null,
          sender text not null,
          reason text not null,
          at integer not null,
          data blob not null
        ) strict;
      `);
    },
  },
  {
    name: "documents-002-history",
    up(db) {
      db.exec(`
        create table document_history (
          document_id text not null,
          at integer not null,
          sha256 text not null,
          data blob not null,
          primary key (document_id, at)
        ) strict;
      `);
    },
  },
];

import type { Migration } from "../sqlite/index.ts";

/** What the sync client remembers about each document; everything in it can be found out again by asking. */
export const syncMigrations: readonly Migration[] = [
  {
    name: "sync-001-progress",
    up(db) {
      db.exec(`
        create table sync_progress (
          document_id text primary key,
          acknowledged_seq integer not null default 0,
          server_seq integer not null default 0,
          refused_code text
        ) strict, without rowid;
      `);
    },
  },
  {
    name: "sync-002-epoch",
    up(db) {
      db.exec("alter table sync_progress add column epoch integer not null default 0");
    },
  },
];

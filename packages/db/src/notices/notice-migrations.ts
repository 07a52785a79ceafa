import type { Migration } from "../sqlite/index.ts";

/** What people were told; an open notice is the only one of its kind and subject. */
export const noticeMigrations: readonly Migration[] = [
  {
    name: "notices-001-initial",
    up(db) {
      db.exec(`
        create table notices (
          id text primary key,
          kind text not null,
          subject text not null,
          facts text not null default '{}',
          raised_at integer not null,
          resolved_at integer,
          read_at integer,
          notified_at integer
        ) strict, without rowid;
        create unique index notices_open on notices (kind, subject) where resolved_at is null;
        create index notices_by_time on notices (raised_at);
      `);
    },
  },
];

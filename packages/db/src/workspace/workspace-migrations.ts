import type { Migration } from "../sqlite/index.ts";

/** Tables of the workspace itself: settings, sensors, channels, manual values, feedback, imports, audit. */
export const workspaceMigrations: readonly Migration[] = [
  {
    name: "workspace-001-tables",
    up(db) {
      db.exec(`
        create table settings (
          key text primary key,
          value text not null
        ) strict, without rowid;

        create table sensors (
          id text primary key,
          name text not null,
          driver_id text not null,
          port_path text not null,
          port_identity text,
          serial_settings text,
          place text not null default '',
          exposure text not null check (exposure in ('indoor', 'outdoor', 'mobile', 'unknown')),
          mapping text not null default '[]',
          store_interval_ms integer not null check (store_interval_ms >= 1000),
          device_identity text,
          created_at integer not null,
          removed_at integer
        ) strict, without rowid;

        create table channels (
          id text primary key,
          sensor_id text references sensors (id),
          quantity text not null,
          key text not null default '',
          place text not null default '',
          exposure text not null check (exposure in ('indoor', 'outdoor', 'mobile', 'unknown')),
          interval_ms integer not null check (interval_ms > 0),
          created_at integer not null
        ) strict, without rowid;
        create unique index channels_by_sensor on channels (sensor_id, quantity, key) where sensor_id is not null;
        create unique index channels_by_place on channels (quantity, key, place, exposure) where sensor_id is null;

        create table manual_values (
          metric_id text not null,
          observed_at integer not null,
          value real not null,
          unit text not null,
          recorded_at integer not null,
          primary key (metric_id, observed_at)
        ) strict, without rowid;

        create table recommendation_feedback (
          id integer primary key autoincrement,
          recommendation_id text not null,
          action text not null check (action in ('accepted', 'dismissed', 'wrong', 'reconsidered')),
          reason text not null default '',
          at integer not null,
          project_id text
        ) strict;
        create index recommendation_feedback_by_recommendation on recommendation_feedback (recommendation_id, id);

        create table imports (
          id text primary key,
          file_name text not null,
          file_sha256 text,
          format text not null,
          status text not null check (status in ('running', 'finished', 'failed', 'abandoned')),
          options text not null default '{}',
          rows_read integer not null default 0,
          rows_rejected integer not null default 0,
          readings_inserted integer not null default 0,
          readings_corrected integer not null default 0,
          readings_unchanged integer not null default 0,
          started_at integer not null,
          finished_at integer
        ) strict, without rowid;
        create index imports_by_file on imports (file_sha256);

        create table audit_entries (
          id integer primary key autoincrement,
          at integer not null,
          actor text not null,
          action text not null,
          subject text not null,
          detail text not null default ''
        ) strict;
        create index audit_entries_by_subject on audit_entries (subject, id);
      `);
    },
  },
  {
    name: "workspace-002-positions",
    up(db) {
      db.exec(`
        -- Degrees of WGS 84.
        alter table sensors add column latitude real check (latitude between -90 and 90);
        alter table sensors add column longitude real check (longitude between -180 and 180);
      `);
    },
  },
];

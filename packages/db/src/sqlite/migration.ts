import type Database from "better-sqlite3";

/** One step of the schema; `name` is unique for ever, `up` runs inside the upgrade's transaction. */
export interface Migration {
  readonly name: string;
  up(db: Database.Database): void;
}

export interface MigrationState {
  /** Names recorded in the database, in the order in which they ran. */
  readonly applied: readonly string[];
  readonly pending: readonly Migration[];
  /** Steps recorded in the database that this program does not know: a newer program wrote it. */
  readonly unknown: readonly string[];
}

/** Compares what a database went through with what this program knows. */
export function migrationState(db: Database.Database, migrations: readonly Migration[]): MigrationState {
  const table = db.prepare("select 1 from sqlite_schema where type = 'table' and name = 'schema_migrations'").get();
  const applied =
    table === undefined
      ? []
      : (db.prepare("select name from schema_migrations order by position").pluck().all() as string[]);
  const known = new Set(migrations.map((migration) => migration.name));
  const done = new Set(applied);
  return {
    applied,
    pending: migrations.filter((migration) => !done.has(migration.name)),
    unknown: applied.filter((name) => !known.has(name)),
  };
}

/**
 * Runs the missing steps and sets `user_version` to the number of all steps, in one transaction: a crash or a full
 * disk in the middle leaves the database as it was.
 */
export function migrate(
  db: Database.Database,
  migrations: readonly Migration[],
  context: { readonly appVersion: string; readonly at: number },
): readonly string[] {
  const upgrade = db.transaction(() => {
    db.exec(`create table if not exists schema_migrations (
      position integer primary key,
      name text not null unique,
      applied_at integer not null,
      app_version text not null
    ) strict`);
    const { pending } = migrationState(db, migrations);
    const record = db.prepare("insert into schema_migrations (name, applied_at, app_version) values (?, ?, ?)");
    for (const migration of pending) {
      migration.up(db);
      record.run(migration.name, context.at, context.appVersion);
    }
    db.pragma(`user_version = ${migrations.length}`);
    return pending.map((migration) => migration.name);
  });
  return upgrade.immediate();
}

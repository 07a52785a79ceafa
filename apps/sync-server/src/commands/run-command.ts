import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import {
  checkArchive,
  migrateServerSchema,
  openPglite,
  openPostgres,
  readServerSchemaVersion,
  restoreArchive,
  type ServerTables,
} from "@ecolocal/db/server";
import type { Kysely } from "kysely";
import { askRunningServer, makeBackup, noteBackupStatus, verifyByRestore } from "../backup/index.ts";
import { listBackups } from "../backup/make-backup.ts";
import { APP_VERSION, type ServerConfig } from "../config/index.ts";

export const COMMANDS = ["migrate", "backup", "verify", "restore", "drill", "healthcheck"] as const;
export type CommandName = (typeof COMMANDS)[number];

export interface CommandArguments {
  readonly file: string | null;
  readonly replace: boolean;
  readonly undo: boolean;
}

type Answer = Result<Readonly<Record<string, unknown>>, Failure<string>>;

/** Runs one administration command to its end; the answer is printed as one JSON line. */
export async function runCommand(name: CommandName, config: ServerConfig, args: CommandArguments): Promise<Answer> {
  switch (name) {
    case "migrate":
      return await withDatabase(config, async (db) => {
        const applied = await migrateServerSchema(db);
        return ok({ applied, schemaVersion: await readServerSchemaVersion(db) });
      });
    case "backup":
      return await backup(config);
    case "verify":
      return await onArchive(config, args, async (file) => {
        const checked = await checkArchive(file, config.backup.key);
        return checked.ok ? ok({ file, ...checked.value }) : checked;
      });
    case "restore":
      return await restore(config, args);
    case "drill":
      return await onArchive(config, args, (file) => drill(config, file));
    case "healthcheck":
      return await healthcheck(config);
  }
}

async function backup(config: ServerConfig): Promise<Answer> {
  const asked = config.databaseUrl === null ? await askRunningServer(config.dataDirectory, "backup") : null;
  if (asked !== null) return asked as Answer;
  return await withDatabase(config, async (db) => {
    const made = await makeBackup(db, { ...config.backup, appVersion: APP_VERSION, at: Date.now() });
    return made.ok ? ok({ ...made.value }) : made;
  });
}

async function drill(config: ServerConfig, file: string): Promise<Answer> {
  const report = await verifyByRestore(file, config.backup.key, Date.now());
  if (report.ok) {
    noteBackupStatus(config.backup.directory, { lastVerifiedAt: Date.now() });
    return ok({ ...report });
  }
  return err({
    code: "SYNC_DRILL_FAILED",
    op: "drill",
    subject: file,
    detail: report.problems.join("; "),
    hint: "Make a new backup and find out what happened to this one.",
    retry: "after-change",
  });
}

/** Restores with a restore point: what was there is saved first, and comes back when the result does not hold. */
async function restore(config: ServerConfig, args: CommandArguments): Promise<Answer> {
  return await onArchive(config, args, (file) =>
    withDatabase(config, async (db) => {
      const { key } = config.backup;
      const mode = args.undo ? "undo" : "recover";
      const before = args.replace && (await readServerSchemaVersion(db)) > 0;
      const point = before
        ? await makeBackup(db, {
            ...config.backup,
            keep: Number.MAX_SAFE_INTEGER,
            appVersion: APP_VERSION,
            at: Date.now(),
          })
        : null;
      if (point !== null && !point.ok) return point;
      const restored = await restoreArchive(db, file, { key, replace: args.replace, mode });
      if (!restored.ok) return restored;
      return ok({ file, mode, restorePoint: point?.value.file ?? null, ...restored.value });
    }),
  );
}

/** Asks the server of this container or machine whether it can take work. */
async function healthcheck(config: ServerConfig): Promise<Answer> {
  const host = config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host;
  try {
    const response = await fetch(`http://${host.includes(":") ? `[${host}]` : host}:${config.port}/readyz`, {
      signal: AbortSignal.timeout(2500),
    });
    const detail = (await response.text()).trim();
    if (response.ok) return ok({ detail });
    return unhealthy(`${host}:${config.port}`, detail);
  } catch (cause) {
    return unhealthy(`${host}:${config.port}`, cause instanceof Error ? cause.message : String(cause));
  }
}

function unhealthy(subject: string, detail: string): Answer {
  return err({ code: "SYNC_NOT_READY", op: "healthcheck", subject, detail, retry: "backoff" });
}

async function onArchive(
  config: ServerConfig,
  args: CommandArguments,
  work: (file: string) => Promise<Answer>,
): Promise<Answer> {
  const file = args.file ?? listBackups(config.backup.directory)[0];
  if (file !== undefined) return await work(file);
  return err({
    code: "SYNC_ARCHIVE_NOT_READABLE",
    op: "find backup",
    subject: config.backup.directory,
    detail: "there is no backup",
    hint: "Name a file, or make a backup first.",
    retry: "after-change",
  });
}

async function withDatabase(
  config: ServerConfig,
  work: (db: Kysely<ServerTables>) => Promise<Answer>,
): Promise<Answer> {
  try {
    if (config.databaseUrl !== null) {
      const { db } = openPostgres(config.databaseUrl, { applicationName: "ecolocal-sync-admin", poolSize: 2 });
      return await work(db).finally(() => db.destroy());
    }
    const opened = await openPglite(config.dataDirectory);
    if (!opened.ok) return opened;
    return await work(opened.value.db).finally(() => opened.value.close());
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "SYNC_STORE_FAILED", op: "command", subject: "database", detail, retry: "backoff" });
  }
}

import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import * as z from "zod";

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Where members reach this server, `https://…`; `null` when that is the address it listens on. Links lead there. */
  readonly publicUrl: string | null;
  /** Folder of the embedded database; ignored with `databaseUrl`. */
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  /** Speeds up news between nodes on PostgreSQL; never needed. */
  readonly redisUrl: string | null;
  /** Makes a throw-away token and prints it; refused on any address but loopback. */
  readonly devToken: boolean;
  readonly allowedOrigins: readonly string[];
  readonly durability: "fast" | "strict";
  readonly drainWindowMs: number;
  /** How long after a stop signal clients stay connected, so that the balancer notices first. */
  readonly drainDelayMs: number;
  /** `start` brings the schema up to date when the server starts; `never` leaves that to the `migrate` command. */
  readonly migrate: "start" | "never";
  readonly backup: BackupConfig;
  /** Room that each group has for readings its members share. */
  readonly sharedReadingsBytes: number;
  /** `debug` writes a line for every request, with its trace id. */
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** Port of `/metrics`; `null` turns it off. */
  readonly metricsPort: number | null;
}

export interface BackupConfig {
  readonly directory: string;
  /** How often the server makes one by itself, in milliseconds; `null` leaves that to the `backup` command. */
  readonly everyMs: number | null;
  readonly keep: number;
  /** 32 bytes that encrypt backups; `null` leaves them readable. */
  readonly key: Uint8Array | null;
}

/** Version of the program, also written into backups. */
export const APP_VERSION = "0.1.0";

export type ConfigFailure = Failure<"SYNC_CONFIG_INVALID">;

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

const schema = z.object({
  host: z.string().min(1).default("127.0.0.1"),
  port: z.coerce.number().int().min(0).max(65_535).default(8787),
  publicUrl: z.url({ protocol: /^https?$/, error: "the public address begins with https:// or http://" }).optional(),
  dataDirectory: z.string().min(1).default("./ecolocal-sync"),
  databaseUrl: z.string().min(1).optional(),
  redisUrl: z.string().min(1).optional(),
  devToken: z.boolean().default(false),
  allowedOrigins: z.array(z.url()).default([]),
  durability: z.enum(["fast", "strict"]).default("fast"),
  metricsPort: z.coerce.number().int().min(0).max(65_535).optional(),
  drainWindowMs: z.coerce.number().int().min(0).max(60_000).default(5000),
  drainDelayMs: z.coerce.number().int().min(0).max(60_000).default(0),
  migrate: z.enum(["start", "never"]).default("start"),
  logLevel: z.enum(["debug", "info", "warn", "error"]).default("info"),
  sharedReadingsMb: z.coerce.number().int().min(1).max(1_000_000).default(2048),
  backupDirectory: z.string().min(1).optional(),
  backupEveryHours: z.coerce.number().positive().max(720).optional(),
  backupKeep: z.coerce.number().int().min(1).max(1000).default(14),
  backupKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, "the backup key must be 64 hexadecimal digits")
    .optional(),
});

/**
 * Reads the configuration: flags win over the environment (`ECOLOCAL_SYNC_*`, `DATABASE_URL`), secrets come as files
 * (`DATABASE_URL_FILE`) where the platform offers them, and never as flags.
 */
export function readServerConfig(
  argv: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Result<ServerConfig, ConfigFailure> {
  // Compose files and systemd units set what is not wanted to an empty text.
  const environment = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const flags = readFlags(argv);
  if (!flags.ok) return flags;
  const databaseUrl = readSecret(environment, "DATABASE_URL");
  if (!databaseUrl.ok) return databaseUrl;
  const redisUrl = readSecret(environment, "REDIS_URL");
  if (!redisUrl.ok) return redisUrl;
  const backupKey = readSecret(environment, "ECOLOCAL_SYNC_BACKUP_KEY");
  if (!backupKey.ok) return backupKey;
  const origins = environment["ECOLOCAL_SYNC_ORIGINS"];
  const parsed = schema.safeParse({
    host: flags.value.host ?? environment["ECOLOCAL_SYNC_HOST"],
    port: flags.value.port ?? environment["ECOLOCAL_SYNC_PORT"],
    publicUrl: flags.value["public-url"] ?? environment["ECOLOCAL_SYNC_PUBLIC_URL"],
    dataDirectory: flags.value.data ?? environment["ECOLOCAL_SYNC_DATA"],
    databaseUrl: databaseUrl.value,
    redisUrl: redisUrl.value,
    devToken: flags.value["dev-token"],
    allowedOrigins: origins === undefined || origins === "" ? undefined : origins.split(","),
    durability: environment["ECOLOCAL_SYNC_DURABILITY"],
    metricsPort: environment["ECOLOCAL_SYNC_METRICS_PORT"],
    drainWindowMs: environment["ECOLOCAL_SYNC_DRAIN_MS"],
    drainDelayMs: environment["ECOLOCAL_SYNC_DRAIN_DELAY_MS"],
    migrate: environment["ECOLOCAL_SYNC_MIGRATE"],
    logLevel: environment["ECOLOCAL_SYNC_LOG_LEVEL"],
    sharedReadingsMb: environment["ECOLOCAL_SYNC_SHARED_READINGS_MB"],
    backupDirectory: environment["ECOLOCAL_SYNC_BACKUP_DIR"],
    backupEveryHours: environment["ECOLOCAL_SYNC_BACKUP_EVERY_HOURS"],
    backupKeep: environment["ECOLOCAL_SYNC_BACKUP_KEEP"],
    backupKey: backupKey.value,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return invalid(issue?.path.join(".") ?? "configuration", issue?.message ?? "not understood");
  }
  return checkDevToken(withNulls(parsed.data));
}

function withNulls(settings: z.output<typeof schema>): ServerConfig {
  const {
    publicUrl,
    databaseUrl,
    redisUrl,
    metricsPort,
    backupDirectory,
    backupEveryHours,
    backupKeep,
    backupKey,
    sharedReadingsMb,
    ...rest
  } = settings;
  return {
    ...rest,
    publicUrl: publicUrl ?? null,
    databaseUrl: databaseUrl ?? null,
    redisUrl: redisUrl ?? null,
    metricsPort: metricsPort ?? null,
    sharedReadingsBytes: sharedReadingsMb * MIB,
    backup: {
      directory: backupDirectory ?? path.join(rest.dataDirectory, "backups"),
      everyMs: backupEveryHours === undefined ? null : backupEveryHours * HOUR_MS,
      keep: backupKeep,
      key: backupKey === undefined ? null : Buffer.from(backupKey, "hex"),
    },
  };
}

function checkDevToken(config: ServerConfig): Result<ServerConfig, ConfigFailure> {
  if (!config.devToken || LOOPBACK.has(config.host)) return ok(config);
  return invalid("--dev-token", `a development token is only given on loopback, not on ${config.host}`);
}

function readFlags(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        host: { type: "string" },
        port: { type: "string" },
        data: { type: "string" },
        "public-url": { type: "string" },
        "dev-token": { type: "boolean" },
      },
    });
    return ok(values);
  } catch (cause) {
    return invalid("flags", cause instanceof Error ? cause.message : String(cause));
  }
}

/** Splits a command, its file and its switches from the flags of the server. */
export function readCommandLine<C extends string>(
  argv: readonly string[],
  commands: readonly C[],
): {
  readonly command: C | null;
  readonly file: string | null;
  readonly replace: boolean;
  readonly undo: boolean;
  readonly flags: readonly string[];
} {
  const command = commands.find((name) => name === argv[0]) ?? null;
  const rest = command === null ? argv : argv.slice(1);
  const named = command !== null && rest[0] !== undefined && !rest[0].startsWith("-") ? rest[0] : null;
  const switches = new Set(command === null ? [] : ["--replace", "--undo"]);
  return {
    command,
    file: named,
    replace: command !== null && rest.includes("--replace"),
    undo: command !== null && rest.includes("--undo"),
    flags: (named === null ? rest : rest.slice(1)).filter((flag) => !switches.has(flag)),
  };
}

function readSecret(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): Result<string | undefined, ConfigFailure> {
  const file = environment[`${name}_FILE`];
  if (file === undefined) return ok(environment[name]);
  try {
    return ok(fs.readFileSync(file, "utf8").trim());
  } catch {
    return invalid(`${name}_FILE`, "the file cannot be read");
  }
}

function invalid(subject: string, detail: string): { readonly ok: false; readonly error: ConfigFailure } {
  return err({
    code: "SYNC_CONFIG_INVALID",
    op: "read configuration",
    subject,
    detail,
    hint: "See docs/guide/sync-server.md for all settings.",
    retry: "after-change",
  });
}

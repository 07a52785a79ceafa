import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { ServerTables } from "./schema.ts";

// PGlite gives bigint as number, node-postgres as text: sequence numbers stay far below 2^53.
const INT8_OID = 20;
pg.types.setTypeParser(INT8_OID, Number);

export interface ServerDatabase {
  readonly db: Kysely<ServerTables>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export interface OpenPostgresOptions {
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Idle connections that break are replaced by the pool; this only hears of it. */
  readonly onConnectionError?: (error: Error) => void;
}

/** Opens PostgreSQL (15 or newer) by connection string; connections are made when they are needed. */
export function openPostgres(connectionString: string, options: OpenPostgresOptions = {}): ServerDatabase {
  const pool = new pg.Pool({
    connectionString,
    max: options.poolSize ?? 8,
    application_name: options.applicationName ?? "ecolocal-sync",
    connectionTimeoutMillis: 5000,
    statement_timeout: 30_000,
  });
  // Without a listener an idle connection that breaks would end the process.
  pool.on("error", (error) => options.onConnectionError?.(error));
  return { db: new Kysely<ServerTables>({ dialect: new PostgresDialect({ pool }) }), pool, close: () => pool.end() };
}

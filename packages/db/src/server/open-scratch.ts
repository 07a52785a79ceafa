import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import type { ServerTables } from "./schema.ts";

/** An empty PostgreSQL in memory, gone when closed; where backups are restored to be checked. */
export async function openScratchDatabase(): Promise<Kysely<ServerTables>> {
  return new Kysely<ServerTables>({ dialect: new PGliteDialect({ pglite: await PGlite.create() }) });
}

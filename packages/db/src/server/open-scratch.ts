import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { fromEmptyCluster } from "./empty-cluster.ts";
import type { ServerTables } from "./schema.ts";

/** An empty PostgreSQL in memory, gone when closed; where backups are restored to be checked. */
export async function openScratchDatabase(): Promise<Kysely<ServerTables>> {
  const pglite = await PGlite.create(fromEmptyCluster());
  return new Kysely<ServerTables>({ dialect: new PGliteDialect({ pglite }) });
}

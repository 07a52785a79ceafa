import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { ServerTables } from "./schema.ts";

export interface SigningKey {
  readonly keyId: string;
  readonly secret: Uint8Array;
}

const SECRET_BYTES = 32;

/** The keys that sign access tokens, newest first; the first is made when there is none. Shared by all nodes. */
export async function loadSigningKeys(db: Kysely<ServerTables>, at: number): Promise<SigningKey[]> {
  const found = await readKeys(db);
  if (found.length > 0) return found;
  await addSigningKey(db, at);
  return await readKeys(db);
}

/** Adds a key that signs from now on; older keys go on to verify until `dropSigningKeys` removes them. */
export async function addSigningKey(db: Kysely<ServerTables>, at: number): Promise<string> {
  const keyId = randomBytes(8).toString("hex");
  await db
    .insertInto("signing_keys")
    .values({ key_id: keyId, secret: randomBytes(SECRET_BYTES), created_at: new Date(at) })
    .execute();
  return keyId;
}

/** Removes all keys but the newest: every token signed by an older one ends at once. */
export async function dropOldSigningKeys(db: Kysely<ServerTables>): Promise<void> {
  const [newest] = await readKeys(db);
  if (newest !== undefined) await db.deleteFrom("signing_keys").where("key_id", "!=", newest.keyId).execute();
}

async function readKeys(db: Kysely<ServerTables>): Promise<SigningKey[]> {
  const rows = await db
    .selectFrom("signing_keys")
    .select(["key_id", "secret"])
    .orderBy("created_at", "desc")
    .orderBy("key_id")
    .execute();
  return rows.map((row) => ({ keyId: row.key_id, secret: row.secret }));
}

import type { AppendRequest } from "@ecolocal/core/documents/store";
import { ok } from "@ecolocal/core/shared";
import { createServerUpdateStore, SERVER_SCHEMA_VERSION, type ServerTables } from "@ecolocal/db/server";
import {
  type IdentifierNode,
  type Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  sql,
} from "kysely";
import { type OpenStore, schemaTrouble } from "../../src/open-store.ts";

/** What a drill runs instead of the program as it is. */
export type Variant = "current" | "next" | "early-ack" | "slow";
export const VARIANTS: readonly Variant[] = ["current", "next", "early-ack", "slow"];

/** The store of a variant: the next release, or a release with a planted bug. */
export function adaptStore(variant: Variant, store: OpenStore): OpenStore {
  if (variant === "next") return nextRelease(store);
  if (variant === "early-ack") return { ...store, updates: { ...store.updates, append: ackBeforeCommit(store) } };
  if (variant === "slow") {
    const { append } = store.updates;
    const slow: typeof append = async (batch) => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return await append(batch);
    };
    return { ...store, updates: { ...store.updates, append: slow } };
  }
  return store;
}

const LATE_MS = 4000;

/** Planted bug: takes the sequence numbers, says "durable", and writes the updates seconds later. */
function ackBeforeCommit(store: OpenStore): OpenStore["updates"]["append"] {
  return async (batch: readonly AppendRequest[]) => {
    const seqs: number[] = [];
    for (const { key } of batch) {
      const head = await sql<{ head_seq: number }>`
        insert into sync_documents (workspace_id, document_id, head_seq) values (${key.workspaceId}, ${key.documentId}, 1)
        on conflict (workspace_id, document_id) do update set head_seq = sync_documents.head_seq + 1
        returning head_seq`.execute(store.db);
      seqs.push(Number(head.rows[0]?.head_seq ?? 0));
    }
    setTimeout(() => {
      for (const [index, { key, update, author }] of batch.entries()) {
        void sql`insert into sync_updates (workspace_id, document_id, seq, data, user_id, device_id, received_at)
          values (${key.workspaceId}, ${key.documentId}, ${seqs[index]}, ${Buffer.from(update)}, ${author.userId},
                  ${author.deviceId}, now())`
          .execute(store.db)
          .catch(() => undefined);
      }
    }, LATE_MS);
    return ok(seqs);
  };
}

/** The schema versions of a next release: both names side by side, then the new one alone. */
export const EXPANDED = SERVER_SCHEMA_VERSION + 1;
export const CONTRACTED = SERVER_SCHEMA_VERSION + 2;

/** A next release that calls `received_at` `stored_at`, and works with the schema during and after that change. */
function nextRelease(store: OpenStore): OpenStore {
  const db = store.db.withPlugin(new RenameColumn("received_at", "stored_at"));
  return {
    ...store,
    db,
    updates: createServerUpdateStore(db),
    schemaTrouble: () => schemaTrouble(db, { min: EXPANDED, max: CONTRACTED }),
  };
}

/** First phase: both names live side by side; the version before notices nothing. */
export const EXPAND: readonly string[] = [
  "alter table sync_updates add column stored_at timestamptz",
  "alter table sync_updates alter column received_at drop not null",
  `create function sync_updates_both_times() returns trigger language plpgsql as $$
    begin
      new.stored_at := coalesce(new.stored_at, new.received_at);
      new.received_at := coalesce(new.received_at, new.stored_at);
      return new;
    end $$`,
  "create trigger both_times before insert on sync_updates for each row execute function sync_updates_both_times()",
];

/** Last phase, when no old node is left: the point of no return. */
export const CONTRACT: readonly string[] = [
  "drop trigger both_times on sync_updates",
  "drop function sync_updates_both_times()",
  "alter table sync_updates drop column received_at",
];

export async function applyPhase(
  db: Kysely<ServerTables>,
  version: number,
  name: string,
  statements: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '5s'`.execute(trx);
    for (const statement of statements) await sql.raw(statement).execute(trx);
    await trx.insertInto("schema_migrations").values({ version, name }).execute();
  });
}

/** Fills the new column for old rows, a few at a time, so that nobody waits. */
export async function backfill(db: Kysely<ServerTables>): Promise<number> {
  let filled = 0;
  for (;;) {
    const batch = await sql`
      update sync_updates set stored_at = received_at where ctid = any(array(
        select ctid from sync_updates where stored_at is null limit 500))`.execute(db);
    const rows = Number(batch.numAffectedRows ?? 0n);
    filled += rows;
    if (rows === 0) return filled;
  }
}

class RenameColumn implements KyselyPlugin {
  readonly #transformer: OperationNodeTransformer;

  constructor(from: string, to: string) {
    this.#transformer = new (class extends OperationNodeTransformer {
      protected override transformIdentifier(node: IdentifierNode): IdentifierNode {
        const same = super.transformIdentifier(node);
        return same.name === from ? { ...same, name: to } : same;
      }
    })();
  }

  transformQuery({ node }: PluginTransformQueryArgs) {
    return this.#transformer.transformNode(node);
  }

  async transformResult({ result }: PluginTransformResultArgs) {
    return result;
  }
}

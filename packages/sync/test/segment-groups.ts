import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { AccountStore } from "@ecolocal/core/community";
import type { UpdateStore } from "@ecolocal/core/documents/store";
import type { SegmentStore } from "@ecolocal/core/series/segments";
import { openHosting } from "@ecolocal/db/hosting";
import {
  createServerAccountStore,
  createServerSegmentStore,
  createServerUpdateStore,
  loadSigningKeys,
  migrateServerSchema,
  openPglite,
  openPostgres,
  type SigningKey,
} from "@ecolocal/db/server";
import { type PostgresCluster, startPostgresCluster } from "@ecolocal/db/server/testing";

/** What a server keeps, in one database. */
export interface GroupStores {
  readonly updates: UpdateStore;
  readonly accounts: AccountStore;
  readonly segments: SegmentStore;
  readonly signingKeys: readonly SigningKey[];
}

/** A way to keep everything that the tests of segments run against. */
export interface GroupKind {
  readonly name: string;
  open(): Promise<GroupStores>;
  dispose(): Promise<void>;
}

const DATABASE = { updates: createServerUpdateStore, accounts: createServerAccountStore };

export function groupKinds(): readonly GroupKind[] {
  return [hostedGroup(), pgliteGroup(), postgresGroup()];
}

function hostedGroup(): GroupKind {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-segments-"));
  let close = (): void => undefined;
  return {
    name: "SQLite on a member's computer",
    async open() {
      const opened = openHosting(path.join(directory, "group.db"), { appVersion: "0.0.0-test", at: Date.now() });
      if (!opened.ok) throw new TypeError(opened.error.detail);
      close = opened.value.close;
      return opened.value;
    },
    async dispose() {
      close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

type ServerDb = Parameters<typeof createServerSegmentStore>[0];

async function storesOf(db: ServerDb): Promise<GroupStores> {
  await migrateServerSchema(db);
  return {
    updates: DATABASE.updates(db),
    accounts: DATABASE.accounts(db),
    segments: createServerSegmentStore(db),
    signingKeys: await loadSigningKeys(db, Date.now()),
  };
}

function pgliteGroup(): GroupKind {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-segments-"));
  let close = async (): Promise<void> => undefined;
  return {
    name: "PGlite",
    async open() {
      const opened = await openPglite(directory);
      if (!opened.ok) throw new TypeError(opened.error.detail);
      close = opened.value.close;
      return await storesOf(opened.value.db);
    },
    async dispose() {
      await close();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

function postgresGroup(): GroupKind {
  let cluster: PostgresCluster | null = null;
  let close = async (): Promise<void> => undefined;
  return {
    name: "PostgreSQL",
    async open() {
      cluster = await startPostgresCluster();
      const database = openPostgres(await cluster.createDatabase());
      close = database.close;
      return await storesOf(database.db);
    },
    async dispose() {
      await close();
      await cluster?.remove();
    },
  };
}

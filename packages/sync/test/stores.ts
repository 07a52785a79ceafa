import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { UpdateStore } from "@ecolocal/core/documents/store";
import { type Hosting, openHosting } from "@ecolocal/db/hosting";
import { createServerUpdateStore, migrateServerSchema, openPglite, openPostgres } from "@ecolocal/db/server";
import { type PostgresCluster, startPostgresCluster } from "@ecolocal/db/server/testing";
import { createMemoryStore } from "../src/store/index.ts";

/** A kind of store that the contract suites run over; `reopen` gives a second view on the same data. */
export interface StoreKind {
  readonly name: string;
  open(): Promise<UpdateStore>;
  /** Ends everything that `open` started. */
  dispose(): Promise<void>;
}

export function memoryKind(): StoreKind {
  return { name: "memory", open: async () => createMemoryStore(), dispose: async () => undefined };
}

export function pgliteKind(): StoreKind {
  const directories: string[] = [];
  const stores: UpdateStore[] = [];
  const closers: (() => Promise<void>)[] = [];
  return {
    name: "PGlite",
    async open() {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-pglite-"));
      directories.push(directory);
      const opened = await openPglite(directory);
      if (!opened.ok) throw new TypeError(opened.error.detail);
      await migrateServerSchema(opened.value.db);
      closers.push(opened.value.close);
      const store = createServerUpdateStore(opened.value.db);
      stores.push(store);
      return store;
    },
    async dispose() {
      for (const close of closers) await close();
      for (const directory of directories) fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function postgresKind(): StoreKind {
  let cluster: PostgresCluster | null = null;
  const stores: UpdateStore[] = [];
  return {
    name: "PostgreSQL",
    async open() {
      cluster ??= await startPostgresCluster();
      const database = openPostgres(await cluster.createDatabase());
      await migrateServerSchema(database.db);
      const store = createServerUpdateStore(database.db);
      stores.push(store);
      return store;
    },
    async dispose() {
      for (const store of stores) await store.close();
      await cluster?.remove();
    },
  };
}

/** The store of a group that is hosted on a member's computer. */
export function hostedKind(): StoreKind {
  const directories: string[] = [];
  const opened: Hosting[] = [];
  return {
    name: "SQLite on a member's computer",
    async open() {
      const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-hosted-"));
      directories.push(directory);
      const hosting = openHosting(path.join(directory, "group.db"), { appVersion: "0.0.0-test", at: Date.now() });
      if (!hosting.ok) throw new TypeError(hosting.error.detail);
      opened.push(hosting.value);
      return hosting.value.updates;
    },
    async dispose() {
      for (const hosting of opened) hosting.close();
      for (const directory of directories) fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, createIdSource, createRandom, type IdSource } from "@ecolocal/core/shared";
import { createDocumentStore, type DocumentStore } from "../documents/index.ts";
import { createProjector } from "../projections/index.ts";
import {
  createWorkspace,
  type HeldWorkspace,
  openWorkspace,
  type WorkspaceDb,
  type WorkspaceInfo,
} from "../workspace/index.ts";

/** A clock that a test moves by hand. */
export interface ManualClock extends Clock {
  set(at: number): void;
  advance(ms: number): void;
}

/** A real workspace in a temporary folder, with time and ids that repeat. */
export interface TempWorkspace {
  readonly dir: string;
  readonly info: WorkspaceInfo;
  readonly clock: ManualClock;
  readonly ids: IdSource;
  /** Opens the workspace for this process; whatever is still open is closed by `dispose`. */
  open(): HeldWorkspace;
  dispose(): void;
  [Symbol.dispose](): void;
}

const START_AT = Date.UTC(2026, 0, 15, 8);

export function createManualClock(at: number = START_AT): ManualClock {
  let now = at;
  return {
    now: () => now,
    set: (next) => {
      now = next;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export function createTempWorkspace(options: { readonly seed?: number } = {}): TempWorkspace {
  const root = mkdtempSync(join(tmpdir(), "ecolocal-test-"));
  const dir = join(root, "workspace");
  const clock = createManualClock();
  const ids = createIdSource(clock, createRandom(options.seed ?? 1));
  const created = createWorkspace(
    dir,
    { id: ids.next(), name: "Test street", kind: "own", timeZone: "Europe/Berlin", locale: "en", place: "" },
    { appVersion: "0.0.0-test", clock },
  );
  assert(created.ok, "the temporary workspace could not be created");
  const opened = new Set<HeldWorkspace>();
  const dispose = () => {
    for (const workspace of opened) workspace.close();
    rmSync(root, { recursive: true, force: true });
  };
  return {
    dir,
    info: created.value,
    clock,
    ids,
    open() {
      const holder = { pid: process.pid, role: "agent", socketPath: null, since: clock.now() } as const;
      const result = openWorkspace(dir, holder, { appVersion: "0.0.0-test", clock });
      assert(result.ok, result.ok ? "" : result.error.detail);
      opened.add(result.value);
      return result.value;
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/** The documents of an open test workspace, with their query tables. */
export function openDocuments(temp: TempWorkspace, db: WorkspaceDb, seed = 1): DocumentStore {
  const { clock, ids } = temp;
  const { fileIdentity } = db;
  const projector = createProjector(db);
  const store = createDocumentStore(db, { clock, ids, random: createRandom(seed), fileIdentity, projector });
  assert(store.ok, "the documents of the temporary workspace could not be opened");
  return store.value;
}

/** Every row of the given tables, in key order; for comparing databases. */
export function dumpTables(db: WorkspaceDb, tables: readonly string[]): Record<string, unknown[]> {
  return Object.fromEntries(tables.map((table) => [table, db.sqlite.prepare(`select * from "${table}"`).all()]));
}

import { addTask, createProject, projectDocumentId, setTaskStatus } from "@ecolocal/core/documents";
import { createRandom, ok, type Random } from "@ecolocal/core/shared";
import { createDocumentHistory, createSyncProgress } from "@ecolocal/db/documents";
import { createTempWorkspace, dumpTables, openDocuments, SAMPLE_PLAN, type TempWorkspace } from "@ecolocal/db/testing";
import type { BatchEntry } from "@ecolocal/sync/client";
import fc from "fast-check";
import { expect, it } from "vitest";
import { exchange } from "../../src/sync/exchange.ts";
import { createReplica, type Replica } from "../../src/sync/replica.ts";
import type { ServerDocuments } from "../../src/sync/server-documents.ts";
import { syncFailure } from "../../src/sync/sync-failure.ts";
import { type ChaosServer, createChaosServer } from "./chaos-server.ts";

const RUNS = process.env["ECOLOCAL_LONG"] === "1" ? 500 : 40;
const PEERS = 3;
const STEPS = 25;
const TABLES = ["projects", "project_tasks"];

interface Peer {
  readonly temp: TempWorkspace;
  readonly db: ReturnType<TempWorkspace["open"]>["db"];
  readonly replica: Replica;
}

function createPeer(seed: number): Peer {
  const temp = createTempWorkspace({ seed });
  const { db } = temp.open();
  const documents = openDocuments(temp, db, seed);
  const history = createDocumentHistory(db, documents, temp.clock);
  return { temp, db, replica: createReplica(documents, createSyncProgress(db), history) };
}

const options = (compareAll: boolean) => ({
  compareAll,
  retryRefused: true,
  isCarried: () => false,
  onRestored: () => Promise.resolve(ok(undefined)),
  onProgress: () => undefined,
  signal: new AbortController().signal,
});

function edit({ replica, temp }: Peer, random: Random): void {
  const { documents } = replica;
  const ids = documents.list();
  const documentId = ids[Math.floor(random() * ids.length)];
  if (documentId === undefined || random() < 0.15) {
    const founding = { status: "planned", why: "", origin: null, createdAt: 0 } as const;
    documents.create(projectDocumentId(temp.ids.next()), (doc) => createProject(doc, SAMPLE_PLAN, founding, temp.ids));
    return;
  }
  documents.change(documentId, (doc) => {
    const task = temp.ids.next();
    addTask(doc, task, { name: `task ${task}`, durationDays: { lo: 1, likely: 1, hi: 1 }, hours: 1 }, 0);
    if (random() < 0.3) setTaskStatus(doc, task, "done");
  });
  if (random() < 0.1) documents.compact(documentId);
}

/** A network that loses requests, loses answers after the work was done, and repeats requests. */
function throughBadNetwork(server: ServerDocuments, random: Random): ServerDocuments {
  const lost = { ok: false, error: syncFailure("SYNC_SERVER_UNREACHABLE", "test", "test", "lost") } as const;
  return {
    heads: async () => (random() < 0.2 ? lost : await server.heads()),
    async batch(verb: "pull" | "push" | "compare", entries: readonly BatchEntry[]) {
      if (random() < 0.15) return lost;
      if (random() < 0.2) await server.batch(verb, entries);
      const answer = await server.batch(verb, entries);
      return random() < 0.15 ? lost : answer;
    },
  };
}

/** Edits, exchanges over a bad network, and now and then a server that is put back to yesterday. */
async function live(peers: readonly Peer[], server: ChaosServer, random: Random): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    const peer = peers[Math.floor(random() * PEERS)] as Peer;
    if (random() < 0.55) edit(peer, random);
    else if (random() < 0.1) server.restoreOlderBackup();
    else await exchange(peer.replica, throughBadNetwork(server, random), options(random() < 0.3));
  }
}

async function settle(peers: readonly Peer[], server: ChaosServer): Promise<void> {
  for (const { replica } of [...peers, ...peers]) {
    expect(await exchange(replica, server, options(true))).toMatchObject({ ok: true });
  }
}

function expectSame(peers: readonly Peer[], server: ChaosServer): void {
  const ids = server.documentIds();
  for (const { replica } of peers) {
    expect(replica.documents.list()).toEqual(ids);
    expect(replica.progress.waiting()).toEqual([]);
    for (const id of ids) expect(replica.digest(id)).toEqual({ ok: true, value: server.digest(id) });
  }
  const [first, ...others] = peers.map(({ db }) => dumpTables(db, TABLES));
  for (const other of others) expect(other).toEqual(first);
}

it("brings all computers to the same state whatever the network loses or repeats, and whatever the server forgets", async () => {
  const history = fc.asyncProperty(fc.nat(1e6), async (seed) => {
    const random = createRandom(seed);
    const server = createChaosServer(random);
    const peers = Array.from({ length: PEERS }, (_, index) => createPeer(seed * 7 + index + 1));
    try {
      await live(peers, server, random);
      await settle(peers, server);
      expectSame(peers, server);
    } finally {
      for (const { temp, replica } of peers) {
        replica.documents.close();
        temp.dispose();
      }
    }
  });
  await fc.assert(history, { numRuns: RUNS, endOnFailure: true });
}, 240_000);

import { createHash } from "node:crypto";
import { documentFingerprint } from "@ecolocal/core/documents";
import type { UpdateStore } from "@ecolocal/core/documents/store";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { type BatchEntry, decodeBatch, encodeBatch } from "../src/client/index.ts";
import { CLOSE, MESSAGE } from "../src/protocol/index.ts";
import { createDevGatekeeper, SyncService } from "../src/service/index.ts";
import { createMemoryStore } from "../src/store/index.ts";
import { rawPeer, TOKEN, until } from "./peer.ts";

/** A store in which one document was put back on purpose, twice. */
function storeWithRestored(): UpdateStore {
  const store = createMemoryStore();
  return {
    ...store,
    async load(key) {
      const loaded = await store.load(key);
      return loaded.ok && key.documentId === "restored" ? { ok: true, value: { ...loaded.value, epoch: 2 } } : loaded;
    },
  };
}

let service: SyncService;
let url: string;

beforeAll(async () => {
  service = new SyncService({ store: storeWithRestored(), gatekeeper: createDevGatekeeper(TOKEN, "w1"), clock: Date });
  const { port } = await service.listen(0, "127.0.0.1");
  url = `http://127.0.0.1:${port}`;
});
afterAll(() => service.close());

async function ask(
  verb: string,
  entries: readonly (Pick<BatchEntry, "documentId" | "bytes"> & Partial<BatchEntry>)[],
): Promise<BatchEntry[]> {
  const response = await fetch(`${url}/v1/workspaces/w1/${verb}`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: new Uint8Array(encodeBatch(entries.map((entry) => ({ status: 0, seq: 0, ...entry })))),
  });
  return decodeBatch(new Uint8Array(await response.arrayBuffer())) ?? [];
}

const digest = (doc: Y.Doc): Uint8Array => createHash("sha256").update(documentFingerprint(doc)).digest();

function written(text: string): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap("m").set("text", text);
  return doc;
}

it("pushes and pulls many documents in one request, and lists how far each goes", async () => {
  const docs = { one: written("1"), two: written("2") };
  const pushed = Object.entries(docs).map(([documentId, doc]) => ({ documentId, bytes: Y.encodeStateAsUpdate(doc) }));
  expect((await ask("push", pushed)).map(({ status, seq }) => [status, seq])).toEqual([
    [200, 1],
    [200, 1],
  ]);
  const listed = await fetch(`${url}/v1/workspaces/w1/documents`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(await listed.json()).toEqual({
    documents: [
      { documentId: "one", seq: 1, epoch: 0 },
      { documentId: "two", seq: 1, epoch: 0 },
    ],
  });
  const [first, second] = await ask("pull", [
    { documentId: "one", bytes: Uint8Array.of(0) },
    { documentId: "two", bytes: Y.encodeStateVector(docs.two) },
  ]);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, first?.bytes ?? new Uint8Array());
  expect(copy.getMap("m").get("text")).toBe("1");
  expect(second?.bytes.byteLength).toBeLessThan(10);
});

it("tells a member whether both sides hold the same, deletions included", async () => {
  const doc = written("x");
  await ask("push", [{ documentId: "same", bytes: Y.encodeStateAsUpdate(doc) }]);
  expect((await ask("compare", [{ documentId: "same", bytes: digest(doc) }]))[0]?.status).toBe(200);
  doc.getMap("m").delete("text");
  const [differs] = await ask("compare", [{ documentId: "same", bytes: digest(doc) }]);
  expect(differs?.status).toBe(409);
  expect(differs?.bytes).toEqual(Y.encodeStateVector(doc));
});

it("leaves the rest of a long answer for the next request", async () => {
  const large = written("long ".repeat(250_000));
  await ask("push", [{ documentId: "large", bytes: Y.encodeStateAsUpdate(large) }]);
  await ask("push", [{ documentId: "small", bytes: Y.encodeStateAsUpdate(written("s")) }]);
  const empty = Uint8Array.of(0);
  const answers = await ask("pull", [
    { documentId: "large", bytes: empty },
    { documentId: "small", bytes: empty },
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 206]);
  expect((await ask("pull", [{ documentId: "small", bytes: empty }]))[0]?.status).toBe(200);
});

it("tells members who keep the workspace document open that another document changed", async () => {
  const peer = await rawPeer(url.replace("http", "ws"), "ws");
  await ask("push", [{ documentId: "elsewhere", bytes: Y.encodeStateAsUpdate(written("news")) }]);
  await vi.waitUntil(() => peer.frames.some((frame) => frame[0] === MESSAGE.documentChanged));
  peer.socket.close();
});

it("takes nothing from the past of a document that was put back on purpose, over HTTP or a socket", async () => {
  const bytes = Y.encodeStateAsUpdate(written("damage"));
  const pushed = async (epoch: number) =>
    (await ask("push", [{ documentId: "restored", seq: epoch, bytes }]))[0]?.status;
  expect([await pushed(0), await pushed(1), await pushed(3)]).toEqual([410, 410, 410]);
  const [pulled] = await ask("pull", [{ documentId: "restored", bytes: Uint8Array.of(0) }]);
  expect(pulled?.bytes.byteLength).toBeLessThan(10);
  for (const room of ["restored", "restored?epoch=1", "restored?epoch=x"]) {
    const old = await rawPeer(url.replace("http", "ws"), room);
    await until(() => old.closed.code !== null, `the door of ${room} closes`);
    expect(old.closed.code).toBe(CLOSE.epochChanged);
  }
  const current = await rawPeer(url.replace("http", "ws"), "restored?epoch=2");
  await until(() => current.frames.length > 0, "the room greets");
  current.socket.close();
  expect(await pushed(2)).toBe(200);
});

import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import * as Y from "yjs";
import { decodeClientMessage, encodeAwareness, encodeUpdate, KEEP_ALIVE } from "../src/protocol/index.ts";
import { type BatchEntry, createDevGatekeeper, decodeBatch, encodeBatch, SyncService } from "../src/service/index.ts";
import { createMemoryStore } from "../src/store/index.ts";
import { rawPeer, stockPeer, TOKEN, until } from "./peer.ts";

let service: SyncService;
let url: string;
beforeAll(async () => {
  service = new SyncService({ store: createMemoryStore(), gatekeeper: createDevGatekeeper(TOKEN, "w1"), clock: Date });
  const address = await service.listen(0, "127.0.0.1");
  url = `ws://127.0.0.1:${address.port}`;
});
afterAll(() => service.close());

const edit = (key: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.getMap("m").set(key, 1);
  return Y.encodeStateAsUpdate(doc);
};
const presence = (clientId: number, clock: number, state: unknown): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, clientId);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, JSON.stringify(state));
  return encodeAwareness(encoding.toUint8Array(encoder));
};

describe("acknowledgements", () => {
  it("count the updates of a connection that are durable, repeats included", async () => {
    const peer = await rawPeer(url, "project~acks");
    const updates = [edit("a"), edit("b"), edit("c")];
    for (const update of [...updates, updates[0] ?? edit("a")]) peer.socket.send(encodeUpdate(update));
    await until(() => peer.acknowledged() === 4, "four updates are acknowledged");
    peer.socket.close();
  });

  it("go to nobody who did not ask for them", async () => {
    const basic = await rawPeer(url, "project~basic", ["ecolocal.v1", `auth.${TOKEN}`]);
    basic.socket.send(encodeUpdate(edit("a")));
    await until(() => service.hub.find({ workspaceId: "w1", documentId: "project~basic" })?.byteLength !== 2, "stored");
    await service.commit.drain();
    expect(basic.frames.filter((frame) => (frame[0] ?? 0) >= 100)).toEqual([]);
    basic.socket.close();
  });
});

describe("hostile input", () => {
  const hostile: readonly [string, Uint8Array, number][] = [
    ["an update that declares 33 million structs", encodeUpdate(Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 1, 0)), 4400],
    ["bytes that are no message", Uint8Array.of(99, 1, 2, 3), 4400],
    ["an update cut short", encodeUpdate(edit("x").slice(0, -3)), 4400],
  ];
  it.each(hostile)("closes whoever sends %s, and leaves the others alone", async (_name, frame, code) => {
    const victim = stockPeer(url, "project~hostile");
    await until(() => victim.provider.synced, "the victim is synced");
    victim.doc.getMap("m").set("mine", "kept");
    const attacker = await rawPeer(url, "project~hostile");
    attacker.socket.send(frame);
    await until(() => attacker.closed.code !== null, "the attacker is cut off");
    expect(attacker.closed.code).toBe(code);
    const witness = stockPeer(url, "project~hostile");
    await until(() => witness.doc.getMap("m").get("mine") === "kept", "the document is whole");
    victim.provider.destroy();
    witness.provider.destroy();
  });

  it("never throws on any frame", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (frame) => decodeClientMessage(frame) !== undefined));
  });

  it("survives 500 random frames and still serves a fresh client", async () => {
    const frames = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 60 }), { numRuns: 500, seed: 7 });
    let peer = await rawPeer(url, "project~fuzz");
    for (const frame of frames) {
      if (peer.socket.readyState !== peer.socket.OPEN) peer = await rawPeer(url, "project~fuzz");
      peer.socket.send(frame);
    }
    peer.socket.terminate();
    const fresh = stockPeer(url, "project~fuzz");
    await until(() => fresh.provider.synced, "a fresh client is served");
    fresh.provider.destroy();
  });
});

describe("presence", () => {
  it("cannot be forged for someone else, nor for many at once", async () => {
    const ada = await rawPeer(url, "project~forge");
    const eve = await rawPeer(url, "project~forge");
    ada.socket.send(presence(11, 1, { user: "Ada" }));
    await until(() => eve.frames.some((frame) => Buffer.from(frame).includes("Ada")), "Eve sees Ada");
    eve.socket.send(presence(12, 1, { user: "Eve" }));
    eve.socket.send(presence(11, 999, { user: "not Ada" }));
    eve.socket.send(presence(12, 1, { user: { id: "someone-else", name: "not Ada" } }));
    eve.socket.send(presence(12, 2, { user: "Eve again" }));
    await until(() => ada.frames.some((frame) => Buffer.from(frame).includes("Eve again")), "Ada sees Eve");
    expect(ada.frames.some((frame) => Buffer.from(frame).includes("not Ada"))).toBe(false);
    ada.socket.close();
    eve.socket.close();
  });
});

describe("admission", () => {
  it("refuses a wrong token with a code that stops the stock client for good", async () => {
    const stranger = await rawPeer(url, "project~x", ["ecolocal.v1", "auth.wrong"]);
    await until(() => stranger.closed.code !== null, "closed");
    expect(stranger.closed.code).toBe(4401);
  });

  it("refuses a browser page of another origin before any token is looked at", async () => {
    const socket = new WebSocket(`${url}/v1/ws/w1/project~x`, ["ecolocal.v1", `auth.${TOKEN}`], {
      origin: "https://evil.example",
    });
    const message = await new Promise<string>((resolve) => socket.once("error", (error) => resolve(error.message)));
    expect(message).toContain("403");
  });

  it("answers for another workspace as if it did not exist", async () => {
    const stranger = new WebSocket(`${url}/v1/ws/w2/project~x`, ["ecolocal.v1", `auth.${TOKEN}`]);
    const code = await new Promise<number>((resolve) => stranger.once("close", resolve));
    expect(code).toBe(4404);
    const response = await fetch(`${url.replace("ws", "http")}/v1/workspaces/w2/pull`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: Uint8Array.of(0),
    });
    expect(response.status).toBe(404);
  });

  it("cuts off whoever sends faster than the limit, with a code that lets the client come back", async () => {
    const flood = await rawPeer(url, "project~flood");
    for (let i = 0; i < 200; i++) flood.socket.send(KEEP_ALIVE);
    await until(() => flood.closed.code !== null, "closed");
    expect(flood.closed.code).toBe(4529);
  });
});

describe("batches over HTTP", () => {
  const post = async (verb: "pull" | "push", entries: readonly BatchEntry[]) => {
    const response = await fetch(`${url.replace("ws", "http")}/v1/workspaces/w1/${verb}`, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}` },
      body: new Uint8Array(encodeBatch(entries)),
    });
    return decodeBatch(new Uint8Array(await response.arrayBuffer()));
  };
  const entry = (documentId: string, bytes: Uint8Array): BatchEntry => ({ documentId, status: 0, seq: 0, bytes });

  it("push many documents and pull what another device lacks", async () => {
    const pushed = await post("push", [entry("project~p1", edit("a")), entry("project~p2", edit("b"))]);
    expect(pushed?.map(({ status, seq }) => [status, seq])).toEqual([
      [200, 1],
      [200, 1],
    ]);
    const pulled = await post("pull", [entry("project~p1", Uint8Array.of(0)), entry("project~p2", Uint8Array.of(0))]);
    const keys = pulled?.map(({ bytes }) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, bytes);
      return Object.keys(doc.getMap("m").toJSON());
    });
    expect(keys).toEqual([["a"], ["b"]]);
  });

  it("refuse a hostile update and store the rest", async () => {
    const pushed = await post("push", [
      entry("project~p3", Uint8Array.of(1, 0xff, 0xff, 0xff, 0x0f, 1, 0)),
      entry("project~p4", edit("ok")),
    ]);
    expect(pushed?.map(({ status }) => status)).toEqual([400, 200]);
  });

  it("tell what the service accepts", async () => {
    const limits = (await (await fetch(`${url.replace("ws", "http")}/v1/limits`)).json()) as { protocol: unknown };
    expect(limits.protocol).toEqual({ min: 1, max: 1 });
  });
});

it("keeps the stock client connected with a frame that changes nothing", () => {
  expect([...KEEP_ALIVE]).toEqual([1, 1, 0]);
});

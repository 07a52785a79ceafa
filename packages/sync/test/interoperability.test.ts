import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createDevGatekeeper, SyncService } from "../src/service/index.ts";
import { stockPeer, TOKEN, until } from "./peer.ts";
import { memoryKind, pgliteKind, postgresKind } from "./stores.ts";

describe.each([memoryKind(), pgliteKind(), postgresKind()])("the stock y-websocket client over $name", (kind) => {
  let service: SyncService;
  let url: string;
  const peers: ReturnType<typeof stockPeer>[] = [];
  const peer = (room = "project~demo") => {
    const made = stockPeer(url, room);
    peers.push(made);
    return made;
  };
  const hex = (doc: Y.Doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString("hex");

  beforeAll(async () => {
    const store = await kind.open();
    service = new SyncService({ store, gatekeeper: createDevGatekeeper(TOKEN, "w1"), clock: Date });
    const address = await service.listen(0, "127.0.0.1");
    url = `ws://127.0.0.1:${address.port}`;
  }, 60_000);
  afterAll(async () => {
    for (const { provider } of peers) provider.destroy();
    await service.close();
    await kind.dispose();
  }, 60_000);

  it("exchanges maps, formatted text, nested types, XML and deletions", async () => {
    const a = peer();
    const b = peer();
    await until(() => a.provider.synced && b.provider.synced, "both are synced");
    a.doc.getMap("m").set("k", { x: 1, list: [1, "é", null, true] });
    a.doc.getText("t").insert(0, "héllo 😀", { bold: true });
    const nested = new Y.Map();
    nested.set("text", new Y.Text("abc"));
    a.doc.getMap("n").set("map", nested);
    const element = new Y.XmlElement("p");
    element.insert(0, [new Y.XmlText("hi")]);
    a.doc.getXmlFragment("x").insert(0, [element]);
    a.doc.getArray("a").push([1, 2, 3]);
    a.doc.getArray("a").delete(1);
    await until(() => hex(a.doc) === hex(b.doc), "both documents are the same bytes");
    expect(b.doc.getArray("a").toJSON()).toEqual([1, 3]);
    expect(b.doc.getText("t").toDelta()).toEqual([{ insert: "héllo 😀", attributes: { bold: true } }]);
    expect(b.doc.getXmlFragment("x").toString()).toBe("<p>hi</p>");
  });

  it("shows who is there and who left", async () => {
    const a = peer("project~presence");
    const b = peer("project~presence");
    await until(() => a.provider.synced && b.provider.synced, "both are synced");
    a.provider.awareness.setLocalState({ user: "Ada" });
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID)?.["user"] === "Ada", "Ada is seen");
    a.provider.disconnect();
    await until(() => !b.provider.awareness.getStates().has(a.doc.clientID), "Ada is gone");
  });

  it("merges what two people wrote while one was offline, and gives it to a newcomer", async () => {
    const a = peer("project~offline");
    const b = peer("project~offline");
    await until(() => a.provider.synced && b.provider.synced, "both are synced");
    a.provider.disconnect();
    a.doc.getMap("m").set("offline", 1);
    b.doc.getMap("m").set("online", 2);
    a.provider.connect();
    await until(() => hex(a.doc) === hex(b.doc), "both agree");
    const c = peer("project~offline");
    await until(() => c.provider.synced && hex(c.doc) === hex(a.doc), "the newcomer agrees");
    expect(c.doc.getMap("m").toJSON()).toEqual({ offline: 1, online: 2 });
  });

  it("carries a 200 KB value and a burst of 100 edits", async () => {
    const a = peer("project~large");
    const b = peer("project~large");
    await until(() => a.provider.synced && b.provider.synced, "both are synced");
    a.doc.getMap("m").set("big", "x".repeat(200_000));
    for (let i = 0; i < 100; i++) (i % 2 === 0 ? a : b).doc.getText("t").insert(0, String(i % 10));
    await until(() => hex(a.doc) === hex(b.doc) && b.doc.getText("t").length === 100, "both agree");
    expect(b.doc.getMap("m").get("big")).toHaveLength(200_000);
  });

  it("has everything again after the room was unloaded and opened anew", async () => {
    const a = peer("project~again");
    await until(() => a.provider.synced, "synced");
    a.doc.getMap("m").set("kept", "yes");
    const key = { workspaceId: "w1", documentId: "project~again" };
    await until(() => (service.hub.find(key)?.byteLength ?? 0) > 10, "the change has arrived");
    a.provider.destroy();
    await until(() => service.hub.find(key)?.state === "live", "all is stored");
    await until(() => service.hub.find(key)?.connections === 0, "the room is empty");
    expect(service.hub.find(key)?.unload()).toBe(true);
    const b = peer("project~again");
    await until(() => b.doc.getMap("m").get("kept") === "yes", "the value is back");
  });
});

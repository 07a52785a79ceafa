import {
  createNotifyBus,
  createRedisBus,
  createServerUpdateStore,
  migrateServerSchema,
  openPostgres,
} from "@ecolocal/db/server";
import { type PostgresCluster, type RedisProcess, startPostgresCluster, startRedis } from "@ecolocal/db/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createDevGatekeeper, SyncService } from "../src/service/index.ts";
import { stockPeer, TOKEN, until } from "./peer.ts";

const NODES = 3;
const hex = (doc: Y.Doc): string => Buffer.from(Y.encodeStateAsUpdate(doc)).toString("hex");

describe.each(["PostgreSQL alone", "PostgreSQL and Redis"])("three nodes on %s, without sticky sessions", (kind) => {
  let cluster: PostgresCluster;
  let redis: RedisProcess | null = null;
  const nodes: { service: SyncService; url: string; close: () => Promise<void> }[] = [];
  const peers: ReturnType<typeof stockPeer>[] = [];
  const peer = (node: number, room: string) => {
    const made = stockPeer(nodes[node]?.url ?? "", room);
    peers.push(made);
    return made;
  };

  beforeAll(async () => {
    cluster = await startPostgresCluster();
    redis = kind.includes("Redis") ? await startRedis() : null;
    const connection = await cluster.createDatabase();
    for (let index = 0; index < NODES; index++) {
      const database = openPostgres(connection, { poolSize: 4 });
      await migrateServerSchema(database.db);
      const notify = createNotifyBus(connection, database.pool);
      const bus = redis === null ? notify : createRedisBus({ url: redis.url, fallback: notify });
      const service = new SyncService({
        store: createServerUpdateStore(database.db),
        gatekeeper: createDevGatekeeper(TOKEN, "w1"),
        clock: Date,
        bus,
      });
      const { port } = await service.listen(0, "127.0.0.1");
      nodes.push({
        service,
        url: `ws://127.0.0.1:${port}`,
        close: async () => {
          await service.close();
          await database.db.destroy();
        },
      });
    }
  }, 60_000);
  afterAll(async () => {
    for (const { provider } of peers) provider.destroy();
    for (const node of nodes) await node.close();
    await redis?.kill();
    await cluster.remove();
  }, 60_000);

  it("a change made through one is seen through the others, and so is who is there", async () => {
    const [a, b, c] = [peer(0, "project~n1"), peer(1, "project~n1"), peer(2, "project~n1")];
    await until(() => [a, b, c].every(({ provider }) => provider.synced), "all are synced");
    a.doc.getMap("m").set("from", "a");
    b.doc.getText("t").insert(0, "b was here");
    c.provider.awareness.setLocalState({ user: "Cleo" });
    await until(
      () => hex(a.doc) === hex(c.doc) && b.doc.getMap("m").get("from") === "a" && a.doc.getText("t").length === 10,
      "all agree",
    );
    await until(
      () => a.provider.awareness.getStates().get(c.doc.clientID)?.["user"] === "Cleo",
      "Cleo is seen elsewhere",
    );
    c.provider.disconnect();
    await until(() => !a.provider.awareness.getStates().has(c.doc.clientID), "Cleo is gone everywhere");
  });

  it("a room that everyone writes to at once converges, and the log has no gap", async () => {
    const writers = [0, 1, 2].map((node) => peer(node, "project~n2"));
    await until(() => writers.every(({ provider }) => provider.synced), "all are synced");
    for (let round = 0; round < 20; round++) {
      for (const [index, { doc }] of writers.entries()) doc.getMap("m").set(`${index}-${round}`, round);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await until(() => writers.every(({ doc }) => doc.getMap("m").size === 60), "everyone has everything");
    expect(new Set(writers.map(({ doc }) => hex(doc))).size).toBe(1);
  });

  if (kind.includes("Redis")) {
    it("goes on without Redis: slower, never wrong", async () => {
      const [a, b] = [peer(0, "project~n3"), peer(1, "project~n3")];
      await until(() => a.provider.synced && b.provider.synced, "both are synced");
      await redis?.kill();
      a.doc.getMap("m").set("without", "redis");
      await until(() => b.doc.getMap("m").get("without") === "redis", "the change arrives by the other road");
      await redis?.start();
      b.doc.getMap("m").set("with", "redis again");
      await until(() => a.doc.getMap("m").get("with") === "redis again", "and by Redis again");
    });
  }

  it("loses one node: its people go to another and nothing is lost", async () => {
    const [a, b] = [peer(2, "project~n4"), peer(0, "project~n4")];
    await until(() => a.provider.synced && b.provider.synced, "both are synced");
    a.doc.getMap("m").set("before", 1);
    await until(() => b.doc.getMap("m").get("before") === 1, "seen");
    a.provider.disconnect();
    await nodes[2]?.service.close();
    a.doc.getMap("m").set("during", 2);
    const moved = stockPeer(nodes[1]?.url ?? "", "project~n4");
    peers.push(moved);
    await until(() => moved.provider.synced, "the other node serves the room");
    Y.applyUpdate(moved.doc, Y.encodeStateAsUpdate(a.doc));
    await until(() => b.doc.getMap("m").get("during") === 2, "what was written meanwhile arrives");
  });
});

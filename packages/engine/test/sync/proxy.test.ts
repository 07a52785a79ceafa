import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { GroupHost } from "../../src/sharing/index.ts";
import { createMember, type TestMember, unwrap } from "./member.ts";

/** A proxy as networks have them: it may refuse WebSockets, or cut every connection after a while. */
interface Proxy {
  readonly address: string;
  refuseWebSockets: boolean;
  cutAfterMs: number | null;
  /** How many WebSockets it has let through. */
  webSockets: number;
  close(): void;
}

async function startProxy(target: number): Promise<Proxy> {
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    open.add(client);
    client.on("error", () => undefined);
    client.once("data", (first: Buffer) => {
      const isUpgrade = /upgrade: websocket/i.test(first.toString("latin1"));
      if (isUpgrade && proxy.refuseWebSockets) {
        client.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
        return;
      }
      if (isUpgrade) proxy.webSockets += 1;
      const upstream = connect(target, "127.0.0.1");
      open.add(upstream);
      upstream.on("error", () => client.destroy());
      client.on("close", () => upstream.destroy());
      upstream.on("close", () => client.destroy());
      upstream.write(first);
      client.pipe(upstream).pipe(client);
      if (proxy.cutAfterMs !== null) setTimeout(() => client.destroy(), proxy.cutAfterMs).unref();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const proxy: Proxy = {
    address: `http://127.0.0.1:${port}`,
    refuseWebSockets: false,
    cutAfterMs: null,
    webSockets: 0,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
  return proxy;
}

let host: GroupHost;
let proxy: Proxy;
let ada: TestMember;
let ben: TestMember;

beforeAll(async () => {
  ada = createMember("Ada", 51);
  ben = createMember("Ben", 52);
  host = new GroupHost({ workspaceDir: ada.dir, appVersion: "0.0.0-test", clock: Date, address: "127.0.0.1" });
  unwrap(await host.start(0));
  proxy = await startProxy(host.status().port ?? 0);
  await ada.join(unwrap(await host.found("Our street")));
  const link = (await ada.invite()).replace(/server=[^&]*/, `server=${encodeURIComponent(proxy.address)}`);
  await ben.join(link);
});
afterAll(async () => {
  proxy.close();
  await host.stop();
  await ada.dispose();
  await ben.dispose();
});

it("a network that lets no WebSockets through delays news, and loses none", async () => {
  proxy.refuseWebSockets = true;
  ada.sync.start();
  ben.sync.start();
  const id = ben.startProject("Through the school's network");
  await vi.waitUntil(() => ada.projects.rows.find(id) !== null, { timeout: 10_000 });
  await vi.waitUntil(() => ben.sync.status().state === "current", { timeout: 10_000 });
  expect(ben.sync.status().people).toEqual([]);
  const other = ada.startProject("The other way");
  await vi.waitUntil(() => ada.sync.status().waitingChanges === 0, { timeout: 10_000 });
  unwrap(await ben.sync.now());
  expect(ben.projects.rows.find(other)?.title).toBe("The other way");
});

it("a network that cuts every connection after a moment is survived by coming back, again and again", async () => {
  proxy.refuseWebSockets = false;
  proxy.cutAfterMs = 700;
  const stop = new AbortController();
  const id = ada.projects.rows.list()[0]?.id ?? "";
  const watching = (async () => {
    for await (const _ of ben.sync.watchPresence(`project~${id}`, stop.signal));
  })();
  const before = proxy.webSockets;
  for (const status of ["doing", "waiting", "done"] as const) {
    ben.setTask(id, 0, status);
    await vi.waitUntil(() => ada.projects.rows.tasks(id)[0]?.status === status, { timeout: 20_000 });
    await vi.waitUntil(() => proxy.webSockets > before + 1, { timeout: 20_000 });
  }
  stop.abort();
  await watching;
  unwrap(await ben.sync.now());
  expect(ben.sync.status()).toMatchObject({ state: "current", waitingChanges: 0 });
}, 90_000);

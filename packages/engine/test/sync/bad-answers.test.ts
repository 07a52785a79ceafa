import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testServer } from "../../src/sync/index.ts";
import { createMember, type TestMember } from "./member.ts";

let ada: TestMember;
let server: Server | undefined;
beforeEach(() => {
  ada = createMember("Ada", 21);
});
afterEach(async () => {
  await ada.dispose();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
const protocol = (min: number, max: number) => ({ protocol: { min, max }, limits: {} });
const link = (address: string) =>
  `ecolocal://join?server=${encodeURIComponent(address)}&workspace=main#${"s".repeat(43)}`;

describe("an address that is not the server one hoped for", () => {
  it.each([
    ["a server of the future", json(200, protocol(7, 9)), "SYNC_SERVER_NEWER"],
    ["a server of the past", json(200, protocol(0, 0)), "SYNC_SERVER_OLDER"],
    [
      "the login page of a guest network",
      ((_q, r) => r.end("<html>Welcome!</html>")) as RequestListener,
      "SYNC_SERVER_INVALID",
    ],
    ["another program's JSON", json(200, { hello: 1 }), "SYNC_SERVER_INVALID"],
    ["nothing of the kind", json(404, { error: "not found" }), "SYNC_SERVER_INVALID"],
    ["a gateway whose server is down", json(502, "Bad Gateway"), "SYNC_SERVER_UNREACHABLE"],
    ["a server whose disk is full", json(507, { code: "SYNC_STORE_FULL" }), "SYNC_STORE_FULL"],
    ["too many questions", json(429, { code: "SYNC_RATE_LIMITED" }), "SYNC_RATE_LIMITED"],
    ["a line that breaks", ((q) => q.socket.destroy()) as RequestListener, "SYNC_SERVER_UNREACHABLE"],
  ])("%s is named", async (_what, listener, code) => {
    const address = await serve(listener);
    expect(await testServer(address, Date)).toMatchObject({ ok: false, error: { code } });
    expect(await ada.sync.join({ link: link(address), userName: "Ada" })).toMatchObject({ ok: false, error: { code } });
    expect(ada.sync.status()).toMatchObject({ state: "local" });
  });

  it("that redirects elsewhere is not followed", async () => {
    const address = await serve((_request, response) => {
      response.writeHead(302, { location: "http://127.0.0.1:1/v1/limits" });
      response.end();
    });
    expect(await testServer(address, Date)).toMatchObject({ ok: false, error: { code: "SYNC_SERVER_UNREACHABLE" } });
  });

  it("without encryption outside one's own network is refused before anything is sent", async () => {
    expect(await testServer("http://sync.example.org", Date)).toMatchObject({
      error: { code: "SYNC_SERVER_INSECURE" },
    });
    expect(await testServer("ws://8.8.8.8:8787", Date)).toMatchObject({ error: { code: "SYNC_SERVER_INSECURE" } });
  });

  it("where nobody listens cannot be reached, and the reason is told", async () => {
    const tested = await testServer("http://127.0.0.1:48999", Date);
    expect(tested).toMatchObject({ ok: false, error: { code: "SYNC_SERVER_UNREACHABLE", retry: "backoff" } });
    expect(tested.ok ? "" : tested.error.detail).toContain("ECONNREFUSED");
  });

  it("that fills the memory with an endless answer is cut off", async () => {
    const address = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(4 * 1024 * 1024, 32);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    });
    expect(await testServer(address, Date)).toMatchObject({ ok: false, error: { code: "SYNC_SERVER_INVALID" } });
  });
});

it("a workspace with an unreadable key says so instead of making a new identity", async () => {
  const { mkdirSync, writeFileSync } = await import("node:fs");
  mkdirSync(`${ada.dir}/device`, { mode: 0o700 });
  writeFileSync(`${ada.dir}/device/key.pem`, "not a key");
  const address = await serve(json(200, protocol(1, 1)));
  const joined = await ada.sync.join({ link: link(address), userName: "Ada" });
  expect(joined).toMatchObject({ ok: false, error: { code: "SYNC_KEY_UNREADABLE" } });
  expect(JSON.stringify(joined)).not.toContain("not a key");
});

it("the demo is never shared", async () => {
  ada.store.db.sqlite.prepare("update settings set value = '\"demo\"' where key = 'workspace.kind'").run();
  expect(await ada.sync.join({ link: link("http://127.0.0.1:9"), userName: "Ada" })).toMatchObject({
    ok: false,
    error: { code: "SYNC_DEMO" },
  });
});

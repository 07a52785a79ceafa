import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, createClient, createWebSocketLink, serveLink, type WebSocketShape } from "@ecolocal/core/api/rpc";
import { ok } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import * as z from "zod";
import { type LoopbackHost, startLoopbackHost } from "./index.ts";

const contract = { "echo.text": call(z.strictObject({ text: z.string() }), z.string()) };

let dir: string;
let host: LoopbackHost;
let refused: string[];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "ecolocal-serve-"));
  mkdirSync(join(dir, "ui", "assets"), { recursive: true });
  writeFileSync(join(dir, "secret.txt"), "secret");
  writeFileSync(join(dir, "ui", "index.html"), "<!doctype html><html><head><title>E</title></head></html>");
  writeFileSync(join(dir, "ui", "assets", "app.js"), "export {};");
  refused = [];
  const started = await startLoopbackHost({
    root: join(dir, "ui"),
    onRefused: (failure) => refused.push(failure.code),
    accept: (link) =>
      serveLink({ contract, handlers: { "echo.text": ({ text }) => ok(text) }, link, roles: ["browser"], app: "1" }),
  });
  if (!started.ok) throw new TypeError(started.error.detail);
  host = started.value;
});
afterEach(async () => {
  await host.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

function fetchRaw(path: string, headers: Record<string, string> = {}, method = "GET", body = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: host.port, path, method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Status of a WebSocket upgrade; 101 when it is accepted. */
function upgrade(options: { origin?: string; protocols?: string[]; path?: string; host?: string }): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${options.path ?? "/api/ws"}`, options.protocols ?? [], {
      headers: {
        ...(options.origin === undefined ? {} : { Origin: options.origin }),
        ...(options.host === undefined ? {} : { Host: options.host }),
      },
    });
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("open", () => {
      resolve(101);
      socket.close();
    });
    socket.on("error", () => undefined);
  });
}

describe("the loopback host", () => {
  it("serves the page with a policy whose nonce is new every time and stands in the page", async () => {
    const first = await fetchRaw("/");
    const second = await fetchRaw("/");
    const nonceOf = (answer: Answer) =>
      /style-src 'self' 'nonce-([\w-]+)'/.exec(String(answer.headers["content-security-policy"]))?.[1];
    expect(first.status).toBe(200);
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(first.body).toContain(`<meta property="csp-nonce" nonce="${nonceOf(first)}"`);
    expect(first.headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(first.headers["set-cookie"]).toBeUndefined();
  });

  it("serves hashed assets for ever and names their type", async () => {
    const asset = await fetchRaw("/assets/app.js");
    expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(asset.headers["cache-control"]).toContain("immutable");
    expect((await fetchRaw("/assets/nothing.js")).status).toBe(404);
  });

  it("answers 421 to a foreign host name", async () => {
    expect((await fetchRaw("/", { host: `evil.example:${host.port}` })).status).toBe(421);
    expect((await fetchRaw("/", { host: "127.0.0.1" })).status).toBe(421);
    expect(refused).toEqual(["SERVE_HOST_REFUSED", "SERVE_HOST_REFUSED"]);
  });

  it("answers 403 to a foreign page", async () => {
    expect((await fetchRaw("/", { origin: "http://evil.example" })).status).toBe(403);
    expect((await fetchRaw("/", { origin: `http://127.0.0.1:${host.port}` })).status).toBe(200);
  });

  it("never leaves its folder, however the path is written", async () => {
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/assets/..%2f..%2fsecret.txt",
      "/%00",
      "/%",
      "/..\\secret.txt",
    ]) {
      const answer = await fetchRaw(path);
      expect([path, answer.status]).toEqual([path, 400]);
      expect(answer.body).not.toContain("secret\n");
    }
  });

  it("takes no bodies and no other methods", async () => {
    expect((await fetchRaw("/", {}, "POST", "x")).status).toBe(405);
    expect((await fetchRaw("/", { "content-length": String(9_000_000) }, "POST")).status).toBe(413);
  });

  it("tells whether a token is the right one", async () => {
    expect((await fetchRaw("/api/session")).status).toBe(401);
    expect((await fetchRaw("/api/session", { authorization: "Bearer wrong" })).status).toBe(401);
    expect((await fetchRaw("/api/session", { authorization: `Bearer ${host.token}` })).status).toBe(204);
  });

  it("opens a WebSocket only for its own page with the right token and protocol", async () => {
    const origin = `http://127.0.0.1:${host.port}`;
    const good = ["ecolocal.v1", `auth.${host.token}`];
    expect(await upgrade({ origin, protocols: good })).toBe(101);
    expect(await upgrade({ origin, protocols: ["ecolocal.v1"] })).toBe(401);
    expect(await upgrade({ origin, protocols: ["ecolocal.v1", "auth.wrong"] })).toBe(401);
    expect(await upgrade({ origin, protocols: [`auth.${host.token}`] })).toBe(400);
    expect(await upgrade({ protocols: good })).toBe(403);
    expect(await upgrade({ origin: "http://evil.example", protocols: good })).toBe(403);
    expect(await upgrade({ origin, protocols: good, host: "evil.example" })).toBe(421);
    expect(await upgrade({ origin, protocols: good, path: "/elsewhere" })).toBe(404);
  });

  it("carries the contract to a browser", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/ws`, ["ecolocal.v1", `auth.${host.token}`], {
      headers: { Origin: `http://127.0.0.1:${host.port}` },
    });
    const link = createWebSocketLink(socket as unknown as WebSocketShape);
    const client = createClient<typeof contract>(link, { role: "browser", app: "1" });
    expect(await client.call("echo.text", { text: "µg/m³" })).toBe("µg/m³");
    expect(socket.protocol).toBe("ecolocal.v1");
    client.close();
  });

  it("survives garbage on the wire", async () => {
    await new Promise<void>((resolve) => {
      const socket = createConnection(host.port, "127.0.0.1", () => socket.end("\x00\x01garbage\r\n\r\n"));
      socket.on("error", () => resolve());
      socket.on("close", () => resolve());
      socket.resume();
    });
    expect((await fetchRaw("/")).status).toBe(200);
  });

  it("says so when its port is taken", async () => {
    const second = await startLoopbackHost({ root: dir, accept: () => undefined, port: host.port });
    expect(second).toMatchObject({ ok: false, error: { code: "SERVE_PORT_BUSY" } });
  });
});

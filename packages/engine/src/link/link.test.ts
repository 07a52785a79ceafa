import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { call, createClient, encodeFrame, type Link, serveLink, stream } from "@ecolocal/core/api/rpc";
import { ok } from "@ecolocal/core/shared";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { connectLocal, createFrameReader, type LocalServer, listenLocal } from "./index.ts";

const contract = {
  "series.get": call(z.strictObject({ points: z.number() }), z.custom<Float64Array>()),
  "count.up": stream(z.strictObject({ to: z.number() }), z.number()),
};

const serve = (link: Link) =>
  serveLink({
    contract,
    link,
    roles: ["cli", "app"],
    app: "1",
    handlers: {
      "series.get": ({ points }) => ok(Float64Array.from({ length: points }, (_, i) => i / 2)),
      async *"count.up"({ to }) {
        for (let i = 0; i < to; i++) yield i;
      },
    },
  });

let dir: string;
let server: LocalServer | undefined;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "ecolocal-link-"));
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(dir, { recursive: true, force: true });
});

async function start(path = join(dir, "run", "w.sock")): Promise<string> {
  const listening = await listenLocal(path, serve);
  if (!listening.ok) throw new TypeError(listening.error.detail);
  server = listening.value;
  return path;
}

async function connect(path: string) {
  const link = await connectLocal(path);
  if (!link.ok) throw new TypeError(link.error.detail);
  return createClient<typeof contract>(link.value, { role: "cli", app: "1" });
}

describe("the local socket", () => {
  it("carries large arrays and streams to several callers at once", async () => {
    const path = await start();
    const clients = await Promise.all([connect(path), connect(path), connect(path)]);
    await Promise.all(
      clients.map(async (client) => {
        const series = await client.call("series.get", { points: 200_000 });
        expect(series[199_999]).toBe(99_999.5);
        let last = -1;
        for await (const value of client.stream("count.up", { to: 500 })) last = value;
        expect(last).toBe(499);
        client.close();
      }),
    );
  });

  it("is closed to other users", async () => {
    const path = await start();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  it("replaces the socket that a killed owner left behind", async () => {
    const path = await start();
    await server?.close();
    writeFileSync(path, "");
    await start(path);
    const client = await connect(path);
    expect((await client.call("series.get", { points: 2 })).length).toBe(2);
    client.close();
  });

  it("says LINK_LOST where nobody listens", async () => {
    expect(await connectLocal(join(dir, "nobody.sock"))).toMatchObject({ ok: false, error: { code: "LINK_LOST" } });
  });

  it("drops a caller that sends garbage and serves the others", async () => {
    const path = await start();
    const client = await connect(path);
    await new Promise<void>((resolve) => {
      const socket = createConnection(path, () => socket.write(Buffer.from("ffffffffgarbage", "utf8")));
      socket.on("close", () => resolve());
      socket.on("error", () => undefined);
      socket.resume();
    });
    expect((await client.call("series.get", { points: 3 })).length).toBe(3);
    client.close();
  });

  it("refuses a directory it cannot make its own", async () => {
    writeFileSync(join(dir, "file"), "");
    chmodSync(join(dir, "file"), 0o600);
    expect(await listenLocal(join(dir, "file", "w.sock"), serve)).toMatchObject({ ok: false });
  });
});

describe("the frame reader", () => {
  it("finds the same frames however the stream is cut", () => {
    const frames = [{ t: "ping" }, { t: "ok", id: 1, value: new Float64Array([1, 2, 3]) }, { t: "end", id: 2 }];
    const bytes = Buffer.concat(
      frames.flatMap((frame) => {
        const body = encodeFrame(frame);
        const prefix = Buffer.alloc(4);
        prefix.writeUInt32LE(body.length);
        return [prefix, body];
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 30 }), (cuts) => {
        const reader = createFrameReader(1000);
        const found: unknown[] = [];
        const points = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        for (let i = 1; i < points.length; i++) found.push(...reader.push(bytes.subarray(points[i - 1], points[i])));
        expect(found).toEqual(frames);
      }),
    );
  });
});

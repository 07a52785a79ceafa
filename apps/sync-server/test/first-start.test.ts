import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseInvitationLink } from "@ecolocal/sync/client";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import { readServerConfig } from "../src/config/index.ts";
import { reachableUrl } from "../src/listen-address.ts";
import { runServer } from "../src/run.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-first-start-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function start(): Promise<string[]> {
  const config = readServerConfig(["--port", "0", "--data", folder, "--public-url", "https://sync.example.org"], {});
  if (!config.ok) throw new TypeError(config.error.detail);
  const lines: string[] = [];
  const server = await runServer({ ...config.value, drainWindowMs: 0 }, pino({ level: "silent" }), (line) =>
    lines.push(line),
  );
  if (!("stop" in server)) throw new TypeError(server.detail);
  await server.stop();
  return lines;
}

describe("the first start", () => {
  it("prints one invitation, which leads to where members reach the server", async () => {
    const [line = "", ...more] = await start();
    expect(more).toEqual([]);
    const link = parseInvitationLink(JSON.parse(line).invitation);
    expect(link).toMatchObject({ ok: true, value: { server: "https://sync.example.org", workspaceId: "main" } });
  });

  it.each([
    ["0.0.0.0", "http://127.0.0.1:8787"],
    ["[::]", "http://127.0.0.1:8787"],
    ["192.168.0.10", "http://192.168.0.10:8787"],
  ])("listening on %s, is opened at %s when nothing else is said", (host, url) => {
    expect(reachableUrl(host, 8787)).toBe(url);
  });
});

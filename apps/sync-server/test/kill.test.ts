import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type PostgresCluster, startPostgresCluster } from "@ecolocal/db/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AckingClient } from "./acking-client.ts";

const KILLS = process.env["ECOLOCAL_LONG"] === "1" ? 100 : 10;
const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const KEEP_COMPILED = new URL("./keep-compiled.ts", import.meta.url).href;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
}

function start(directory: string, environment: Readonly<Record<string, string>>): Promise<Started> {
  const child = spawn(
    process.execPath,
    ["--conditions=source", "--import", KEEP_COMPILED, MAIN, "--port", "0", "--data", directory, "--dev-token"],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    },
  );
  return new Promise((resolve, reject) => {
    let errors = "";
    child.stderr?.on("data", (text: Buffer) => {
      errors += text.toString();
    });
    child.stdout?.once("data", (line: Buffer) => {
      const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
      resolve({ child, url, token });
    });
    child.once("exit", (code) => reject(new TypeError(`the server ended with ${code}: ${errors}`)));
  });
}

async function killAtRandom(child: ChildProcess): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 400));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

describe.each(["PGlite", "PostgreSQL"])("a server on %s that is killed while people write", (kind) => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-kill-"));
  let cluster: PostgresCluster | null = null;
  let environment: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    if (kind !== "PostgreSQL") return;
    cluster = await startPostgresCluster();
    environment = { DATABASE_URL: await cluster.createDatabase() };
  }, 60_000);
  afterAll(async () => {
    await cluster?.remove();
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  it(`starts again and has every acknowledged edit, ${KILLS} times`, async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < KILLS; round++) {
      const server = await start(directory, environment);
      const writer = new AckingClient(server, `r${round}`);
      writer.write();
      await killAtRandom(server.child);
      writer.stop();
      for (const name of writer.acknowledged) acknowledged.add(name);
    }
    const server = await start(directory, environment);
    const stored = await AckingClient.readAll(server);
    server.child.kill("SIGKILL");
    expect(acknowledged.size).toBeGreaterThan(KILLS);
    expect([...acknowledged].filter((name) => !stored.has(name))).toEqual([]);
  }, 600_000);
});

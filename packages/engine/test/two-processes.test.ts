import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { Contract } from "@ecolocal/core/api";
import { createClient, createMemoryLinkPair } from "@ecolocal/core/api/rpc";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { workspaceSocketPath } from "../src/config/index.ts";
import { createStore } from "../src/store/index.ts";
import { type ConnectedWorkspace, connectWorkspace, startSwitchboard } from "../src/workspace/index.ts";

interface Line {
  readonly mode?: string;
  readonly ready?: boolean;
  readonly channelId?: string;
  readonly at?: number;
  readonly value?: number;
  readonly failure?: { readonly code: string };
}

interface Peer {
  readonly process: ChildProcess;
  readonly lines: Line[];
  until(found: (line: Line) => boolean): Promise<Line>;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
}

const SCRIPT = new URL("./host-process.ts", import.meta.url).pathname;
let workspace: TempWorkspace;
let peers: Peer[];
let connections: ConnectedWorkspace[];

beforeEach(() => {
  workspace = createTempWorkspace();
  peers = [];
  connections = [];
});
afterEach(async () => {
  for (const connection of connections) await connection.close();
  for (const peer of peers) await peer.kill("SIGKILL");
  workspace.dispose();
});

function startPeer(role: "app" | "cli" = "app"): Peer {
  const child = spawn(process.execPath, ["--conditions=source", SCRIPT, workspace.dir, role], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (text) => {
    lines.push(JSON.parse(text) as Line);
    for (const wake of [...waiting]) wake();
  });
  const peer: Peer = {
    process: child,
    lines,
    until: (found) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = lines.find(found);
          if (!line) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
    kill: (signal) =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill(signal);
      }),
  };
  peers.push(peer);
  return peer;
}

async function connect(role: "app" | "cli" = "cli") {
  const connected = await connectWorkspace(workspace.dir, { role, appVersion: "1.0.0", checkOutput: true });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  connections.push(connected.value);
  return connected.value;
}

const SIMULATED = {
  driverId: "sds011",
  port: "sim:sds011?seed=3&interval=100",
  name: "Simulated",
  place: "balcony",
  exposure: "outdoor",
  storeIntervalMs: 1000,
} as const;

async function until(found: () => boolean | Promise<boolean>) {
  while (!(await found())) await delay(20);
}

describe("one workspace, several processes", () => {
  it("whoever comes first owns it, the next attaches and sees the same", async () => {
    const owner = startPeer();
    expect(await owner.until((line) => line.ready === true)).toMatchObject({ mode: "owner" });
    const attached = await connect();
    expect(attached.mode()).toBe("attached");
    const status = await attached.client.call("workspace.status", {});
    expect(status.owner).toMatchObject({ pid: owner.process.pid, role: "app" });
    expect(status.name).toBe("Test street");
  });

  it("a sensor added by the command line reaches the app's change stream and is read by the owner", async () => {
    const owner = startPeer();
    await owner.until((line) => line.ready === true);
    const app = await connect("app");
    const topics: string[] = [];
    const changes = app.client.stream("workspace.changes", {});
    await changes.next();
    const watching = (async () => {
      for await (const change of changes) {
        topics.push(...change.topics);
        if (topics.includes("sensors")) break;
      }
    })();
    const cli = await connect("cli");
    const sensor = await cli.client.call("sensor.add", SIMULATED);
    await watching;
    expect((await app.client.call("sensor.list", {})).map(({ id }) => id)).toEqual([sensor.id]);
    await owner.until((line) => line.value !== undefined);
  });

  it("passes ownership on when the owner quits, and streams go on", async () => {
    const owner = startPeer();
    await owner.until((line) => line.ready === true);
    const app = await connect("app");
    await app.client.call("sensor.add", SIMULATED);
    const values = app.client.stream("sensor.watch", {});
    expect((await values.next()).done).toBe(false);
    await owner.kill("SIGTERM");
    await until(() => app.mode() === "owner");
    const status = await app.client.call("workspace.status", {});
    expect(status.owner.pid).toBe(process.pid);
    let fresh = false;
    for await (const value of values) {
      fresh = value.at > status.owner.since;
      if (fresh) break;
    }
    expect(fresh).toBe(true);
    expect((await app.client.call("sensor.list", {}))[0]?.state).toBe("reading");
  });

  it("a window of an attached process goes on when that process takes over", async () => {
    const owner = startPeer();
    await owner.until((line) => line.ready === true);
    vi.stubEnv("ECOLOCAL_DATA_DIR", join(workspace.dir, "data"));
    const attached = await startSwitchboard(workspace.dir, { role: "app", appVersion: "1.0.0" });
    onTestFinished(() => attached.close());
    const [near, far] = createMemoryLinkPair();
    attached.serve(far, ["browser"]);
    const browser = createClient<Contract>(near, { role: "browser", app: "1.0.0" });
    expect((await browser.call("workspace.status", {})).owner.pid).toBe(owner.process.pid);
    const refused = browser.ask("sensor.get", { sensorId: workspace.ids.next() });
    expect(await refused).toMatchObject({ ok: false, error: { code: "SENSOR_NOT_FOUND" } });
    const changes = browser.stream("workspace.changes", {});
    await changes.next();
    await owner.kill("SIGKILL");
    await until(async () => {
      const status = await browser.ask("workspace.status", {});
      return status.ok && status.value.owner.pid === process.pid;
    });
    // The stream was handed on to the old owner; it begins again at the new one.
    expect((await changes.next()).value?.topics).toContain("recommendations");
  });

  it("says that the owner does not answer while it is stopped, and opens when it goes on", async () => {
    const owner = startPeer();
    await owner.until((line) => line.ready === true);
    owner.process.kill("SIGSTOP");
    onTestFinished(() => void owner.process.kill("SIGCONT"));
    vi.stubEnv("ECOLOCAL_DATA_DIR", join(workspace.dir, "data"));
    const board = await startSwitchboard(workspace.dir, { role: "app", appVersion: "1.0.0", waitMs: 1000 });
    onTestFinished(() => board.close());
    expect(board.state()).toMatchObject({ kind: "refused", failure: { code: "WORKSPACE_LOCKED" } });
    owner.process.kill("SIGCONT");
    expect(await board.open(workspace.dir)).toMatchObject({ ok: true });
    expect(board.state()).toEqual({ kind: "open", path: workspace.dir });
  });

  it("loses nothing that was acknowledged when the owner is killed, and another process takes over", async () => {
    const owner = startPeer();
    await owner.until((line) => line.ready === true);
    const other = startPeer();
    await other.until((line) => line.ready === true);
    const cli = await connect("cli");
    await cli.client.call("sensor.add", SIMULATED);
    await until(() => owner.lines.filter(({ value }) => value !== undefined).length >= 6);
    await owner.kill("SIGKILL");
    await until(() => cli.mode() === "owner" || other.lines.some(({ mode }) => mode === "owner"));
    const acknowledged = owner.lines.filter(({ value }) => value !== undefined);
    for (const { channelId = "", at = 0, value } of acknowledged) {
      const blocks = cli.client.stream("data.range", { channelId, from: at, to: at + 1000 });
      const first = await blocks.next();
      expect(first.value?.value[0]).toBe(value);
    }
    expect(existsSync(workspaceSocketPath(workspace.dir))).toBe(true);
  });

  it("survives many kills without losing a stored reading", async () => {
    const setup = await connect("cli");
    await setup.client.call("sensor.add", SIMULATED);
    await setup.close();
    connections = [];
    const acknowledged: Line[] = [];
    for (let round = 0; round < 4; round++) {
      const owner = startPeer();
      await until(() => owner.lines.filter(({ value }) => value !== undefined).length >= 4);
      await delay(round * 70);
      await owner.kill("SIGKILL");
      acknowledged.push(...owner.lines.filter(({ value }) => value !== undefined));
    }
    const { db } = workspace.open();
    expect(db.sqlite.pragma("integrity_check", { simple: true })).toBe("ok");
    const store = createStore(db, workspace);
    for (const { channelId = "", at = 0, value } of acknowledged) {
      const [block] = [...store.readings.range({ channelId, from: at, to: at + 1000 })];
      expect(block?.value[0]).toBe(value);
    }
  });
});

describe("a workspace that cannot be opened", () => {
  it("is named as missing, locked or damaged", async () => {
    expect(await connectWorkspace(`${workspace.dir}-nowhere`, { role: "cli", appVersion: "1" })).toMatchObject({
      ok: false,
      error: { code: "WORKSPACE_NOT_FOUND" },
    });
    workspace.open();
    expect(await connectWorkspace(workspace.dir, { role: "cli", appVersion: "1", waitMs: 300 })).toMatchObject({
      ok: false,
      error: { code: "WORKSPACE_LOCKED" },
    });
  });
});

import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createServerUpdateStore, loadSigningKeys, openPostgres, type ServerDatabase } from "@ecolocal/db/server";
import { freePort, type PostgresCluster, startPostgresCluster } from "@ecolocal/db/server/testing";
import { createTokens } from "@ecolocal/sync/accounts";
import * as Y from "yjs";
import { DrillClient, type DrillStats, newStats } from "./drill-client.ts";
import type { Variant } from "./versions.ts";

const NODE_MAIN = fileURLToPath(new URL("node-main.ts", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const START_LIMIT_MS = 60_000;

export interface ServerNode {
  readonly port: number;
  readonly metricsPort: number;
  readonly child: ChildProcess;
  /** Ends it and waits; `SIGTERM` drains, `SIGKILL` is a crash. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** PostgreSQL, server processes and clients of one drill, all on loopback and all gone at the end. */
export class DrillWorld {
  readonly folder: string;
  readonly postgres: PostgresCluster;
  readonly databaseUrl: string;
  readonly database: ServerDatabase;
  readonly stats: DrillStats = newStats();
  readonly clients: DrillClient[] = [];
  readonly #nodes = new Set<ServerNode>();

  private constructor(folder: string, postgres: PostgresCluster, databaseUrl: string) {
    this.folder = folder;
    this.postgres = postgres;
    this.databaseUrl = databaseUrl;
    this.database = openPostgres(databaseUrl, { applicationName: "drill", poolSize: 3 });
  }

  /** A fresh database that two processes at once brought up to date; exactly one of them may have done anything. */
  static async create(): Promise<DrillWorld> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-drill-"));
    const postgres = await startPostgresCluster();
    const databaseUrl = await postgres.createDatabase();
    const answers = await Promise.all([migrateByProgram(databaseUrl), migrateByProgram(databaseUrl)]);
    const applied = answers.map((answer) => answer.applied.length).sort((a, b) => a - b);
    if (applied[0] !== 0 || (applied[1] ?? 0) === 0) {
      throw new TypeError(`Two migrators at once applied ${applied.join(" and ")} steps.`);
    }
    return new DrillWorld(folder, postgres, databaseUrl);
  }

  async startNode(variant: Variant = "current", port?: number, wantReady = true): Promise<ServerNode> {
    const [own, metricsPort] = [port ?? (await freePort()), await freePort()];
    const log = fs.openSync(path.join(this.folder, `node-${own}.log`), "a");
    const child = spawn(process.execPath, ["--conditions=source", NODE_MAIN, variant], {
      stdio: ["ignore", log, log],
      env: {
        ...process.env,
        DATABASE_URL: this.databaseUrl,
        ECOLOCAL_SYNC_PORT: String(own),
        ECOLOCAL_SYNC_METRICS_PORT: String(metricsPort),
        ECOLOCAL_SYNC_MIGRATE: "never",
        ECOLOCAL_SYNC_DATA: path.join(this.folder, `data-${own}`),
        ECOLOCAL_SYNC_DRAIN_DELAY_MS: "400",
        ECOLOCAL_SYNC_DRAIN_MS: "1500",
      },
    });
    fs.closeSync(log);
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const node: ServerNode = {
      port: own,
      metricsPort,
      child,
      end: async (signal) => {
        this.#nodes.delete(node);
        child.kill(signal);
        await exited;
      },
    };
    this.#nodes.add(node);
    await waitUntil(`node ${own} is ready`, START_LIMIT_MS, async () => {
      if (child.exitCode !== null) throw new TypeError(`A server ended: ${this.readLog(own)}`);
      const said = await readiness(own);
      return wantReady ? said === "ready" : said !== null;
    });
    return node;
  }

  /** Members with a device each, four to a document, who write without pause. */
  async startClients(count: number, origin: string, everyMs = 250): Promise<void> {
    const { db } = this.database;
    const tokens = createTokens(await loadSigningKeys(db, Date.now()), Date);
    const now = new Date();
    await db
      .insertInto("workspaces")
      .values({ workspace_id: "main", name: "Drill", created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    for (let index = 0; index < count; index++) {
      const [userId, deviceId] = [`u${index}`, `d${index}`];
      const member = { workspace_id: "main", user_id: userId };
      await db
        .insertInto("members")
        .values({ ...member, name: userId, role: "member", joined_at: now })
        .execute();
      const device = { ...member, device_id: deviceId, name: deviceId, public_key: deviceId, added_at: now };
      await db
        .insertInto("devices")
        .values({ ...device, revoked_at: null })
        .execute();
      const { token } = await tokens.issueAccess({ deviceId, userId, workspaceId: "main" });
      const room = `project~${Math.floor(index / 4)}`;
      this.clients.push(new DrillClient({ id: deviceId, room, origin, token, everyMs, stats: this.stats }));
    }
    await waitUntil("all clients are connected", START_LIMIT_MS, async () =>
      this.clients.every((one) => one.connected),
    );
  }

  /** Every edit in the store, read the way a server loads documents. */
  async storedEdits(): Promise<Set<string>> {
    const store = createServerUpdateStore(this.database.db);
    const names = new Set<string>();
    for (const documentId of new Set(this.clients.map((client) => client.room))) {
      const loaded = await store.load({ workspaceId: "main", documentId });
      if (!loaded.ok) throw new TypeError(loaded.error.detail);
      const doc = new Y.Doc();
      if (loaded.value.snapshot !== null) Y.applyUpdate(doc, loaded.value.snapshot);
      for (const update of loaded.value.updates) Y.applyUpdate(doc, update.data);
      for (const name of doc.getMap("edits").keys()) names.add(name);
      doc.destroy();
    }
    return names;
  }

  readLog(port: number): string {
    return fs.readFileSync(path.join(this.folder, `node-${port}.log`), "utf8").slice(-1500);
  }

  /** The end of every server's log. */
  readLogs(): string {
    const ports = fs.readdirSync(this.folder).flatMap((name) => /^node-(\d+)\.log$/.exec(name)?.[1] ?? []);
    return ports.map((port) => `--- node ${port}\n${this.readLog(Number(port))}\n`).join("");
  }

  async remove(): Promise<void> {
    for (const client of this.clients) client.stop();
    await Promise.all([...this.#nodes].map((node) => node.end("SIGKILL")));
    await this.database.close();
    await this.postgres.remove();
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What `/readyz` says, or `null` when nobody answers. */
export async function readiness(port: number): Promise<string | null> {
  try {
    return (
      await (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3000) })).text()
    ).trim();
  } catch {
    return null;
  }
}

export async function waitUntil(what: string, limitMs: number, test: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + limitMs;
  while (!(await test())) {
    if (Date.now() > until) throw new TypeError(`Gave up waiting until ${what}.`);
    await pause(50);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function migrateByProgram(databaseUrl: string): Promise<{ readonly applied: readonly number[] }> {
  const child = spawn(process.execPath, ["--conditions=source", PROGRAM, "migrate"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (piece: Buffer) => {
      text += piece.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else reject(new TypeError(`migrate ended with ${code}`));
    });
  });
}

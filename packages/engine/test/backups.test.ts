import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { BackupEvent } from "@ecolocal/core/api";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { MINUTE_MS } from "@ecolocal/core/shared";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

let root: string;
let workspace: ConnectedWorkspace;
let channelId: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-backups-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  const dir = join(root, "own");
  const founded = await createWorkspace(dir, { name: "Street", appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  // Large enough that copying takes a while on any machine.
  const db = new DatabaseSync(join(dir, "workspace.db"));
  db.exec(`CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
    SELECT randomblob(1000000) AS bytes FROM n`);
  db.close();
  const connected = await connectWorkspace(dir, { role: "cli", appVersion: "1.0.0", checkOutput: true });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  workspace = connected.value;
  const { id } = await workspace.client.call("channel.add", { quantity: "co2", name: "Hall" });
  channelId = id;
});
afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

async function collect(events: AsyncIterable<BackupEvent>): Promise<BackupEvent[]> {
  const seen = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

async function create() {
  const last = (await collect(workspace.client.stream("backup.create", {}))).at(-1);
  if (last?.kind !== "done") throw new TypeError("A backup ends with itself.");
  return last.backup;
}

it("readings are stored while a backup is made, each before the backup ends", async () => {
  const { client } = workspace;
  let isDone = false;
  const making = create().finally(() => {
    isDone = true;
  });
  let stored = 0;
  // A copy that keeps the engine's thread to itself is over, and told, after a few turns.
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  for (let at = Date.now() - 600 * MINUTE_MS; !isDone; at += 1000) {
    const { inserted } = await client.call("data.append", { readings: [{ channelId, at, value: 400 }] });
    if (!isDone) stored += inserted;
    await nextTurn();
  }
  expect(stored).toBeGreaterThan(0);
  const made = await making;
  expect(made).toMatchObject({ reason: "manual", checked: { isWhole: true } });
  expect(await client.call("backup.list", {})).toEqual([made]);
});

it("a backup that is cancelled ends at once for its caller and leaves nothing behind", async () => {
  const cancel = new AbortController();
  const events = workspace.client.stream("backup.create", {}, { signal: cancel.signal });
  const first = events[Symbol.asyncIterator]().next();
  const { folder } = await workspace.client.call("backup.plan", {});
  await expect.poll(() => namesIn(folder), { interval: 1 }).toHaveLength(1);
  cancel.abort();
  await expect(first).rejects.toSatisfy((error) => isRpcError(error) && error.code === "RPC_CANCELLED");
  await expect.poll(() => namesIn(folder)).toEqual([]);
  expect(await workspace.client.call("backup.list", {})).toEqual([]);
});

it("closing the workspace ends a backup that is under way, and nothing is left of it", async () => {
  const { folder } = await workspace.client.call("backup.plan", {});
  const making = create().catch((error: unknown) => error);
  await expect.poll(() => namesIn(folder), { interval: 1 }).toHaveLength(1);
  await workspace.close();
  expect(namesIn(folder)).toEqual([]);
  expect(await making).toBeInstanceOf(Error);
});

it("a check tells a whole backup from a damaged one, remembers it, and reads nothing but own backups", async () => {
  const { path } = await create();
  const { client } = workspace;
  expect((await collect(client.stream("backup.verify", { path }))).at(-1)).toMatchObject({ kind: "done" });
  writeFileSync(join(path, "workspace.db"), "cut off");
  const codeOf = (of: string) =>
    collect(client.stream("backup.verify", { path: of })).catch((error) => isRpcError(error) && error.code);
  expect(await codeOf(path)).toBe("BACKUP_DAMAGED");
  expect(await client.call("backup.list", {})).toMatchObject([{ path, checked: { isWhole: false } }]);
  expect(await codeOf(root)).toBe("BACKUP_NOT_FOUND");
});

it("daily backups can be turned off, and on again", async () => {
  const { client } = workspace;
  expect(await client.call("backup.plan", {})).toEqual({ folder: join(root, "own", "backups"), isDaily: true });
  expect(await client.call("backup.configure", { isDaily: false })).toMatchObject({ isDaily: false });
  expect(await client.call("backup.plan", {})).toMatchObject({ isDaily: false });
  expect(await client.call("backup.configure", { isDaily: true })).toMatchObject({ isDaily: true });
});

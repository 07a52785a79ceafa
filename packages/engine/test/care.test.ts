import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { DAY_MS, MINUTE_MS } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { restoreChosen } from "../src/backups/index.ts";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

let root: string;
let workspace: ConnectedWorkspace;
let channelId: string;

async function open(name = "own"): Promise<ConnectedWorkspace> {
  const connected = await connectWorkspace(join(root, name), { role: "cli", appVersion: "1.0.0", checkOutput: true });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  return connected.value;
}

const call: ConnectedWorkspace["client"]["call"] = (name, ...rest) => workspace.client.call(name, ...rest);
const now = Date.now();
const start = Math.floor(now / DAY_MS) * DAY_MS - 600 * DAY_MS;

/** Ten days of a value a minute, long ago. */
async function history(): Promise<string> {
  const rows = Array.from(
    { length: 10 * 1440 },
    (_, i) => `${new Date(start + i * MINUTE_MS).toISOString()},${i % 50}`,
  );
  const { importId } = await call("data.importBegin", {
    fileName: "h.csv",
    columns: [{ column: "pm25", target: { quantity: "pm25" } }],
  });
  const done = await call("data.importChunk", { importId, text: `time,pm25\n${rows.join("\n")}\n`, last: true });
  return done.channels[0] ?? "";
}

/** Compresses everything and says what that came to. */
async function compactAll() {
  const events = [];
  for await (const event of workspace.client.stream("data.compact", { today: true })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== "report") throw new TypeError("Compressing ends with its report.");
  return last;
}

async function verify(repair = false) {
  const events = [];
  for await (const event of workspace.client.stream("data.verify", { repair })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== "report") throw new TypeError("A check ends with its report.");
  return last;
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-care-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  const founded = await createWorkspace(join(root, "own"), { name: "Street", appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  workspace = await open();
  channelId = await history();
});

afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

/** Changes the file behind the engine's back, as a failing disk does. */
async function damage(sql: string): Promise<void> {
  await workspace.close();
  const db = new DatabaseSync(join(root, "own", "workspace.db"));
  db.exec(sql);
  db.close();
  workspace = await open();
}

describe("stored readings", () => {
  it("are found whole, and a damaged summary is told and mended", async () => {
    expect(await verify()).toMatchObject({ readings: 14_400, damage: [] });
    await damage(
      "UPDATE reading_rollups SET data = zeroblob(length(data)) WHERE id = (SELECT min(id) FROM reading_rollups)",
    );
    expect((await verify()).damage).toMatchObject([{ channelId, code: "READINGS_ROLLUP_DAMAGED", repaired: false }]);
    expect((await verify(true)).damage).toMatchObject([{ repaired: true }]);
    expect((await verify()).damage).toEqual([]);
  });

  it("that are damaged themselves are told with their window and left alone", async () => {
    await damage(
      "UPDATE reading_chunks SET data = zeroblob(length(data)) WHERE id = (SELECT min(id) FROM reading_chunks)",
    );
    const [found] = (await verify(true)).damage;
    expect(found).toMatchObject({ channelId, code: "READINGS_BLOCK_DAMAGED", repaired: false });
    expect(found?.from).toBeLessThanOrEqual(start);
    expect(found?.to).toBeGreaterThan(start);
    expect((await verify()).damage).toHaveLength(1);
  });

  it("wait while compression is paused, also for the next to open the workspace", async () => {
    expect(await call("data.storage", {})).toMatchObject({ compressionPaused: false });
    expect(await call("data.pauseCompression", { paused: true })).toMatchObject({ compressionPaused: true });
    await workspace.close();
    workspace = await open();
    expect(await call("data.storage", {})).toMatchObject({ compressionPaused: true });
    expect(await call("data.pauseCompression", { paused: false })).toMatchObject({ compressionPaused: false });
  });

  it("say how much room they take and will take, and are compressed when asked", async () => {
    await compactAll();
    const storage = await call("data.storage", {});
    expect(storage.channels).toMatchObject([{ channelId, readings: 14_400, unsealed: 0 }]);
    expect(storage.channels[0]?.bytesPerReading).toBeLessThan(3);
    expect(storage.bytesPerYear).toBeGreaterThan(1000);
  });

  it("are excluded and adjusted with a reason, and come back when that is undone", async () => {
    const span = { channelId, from: start, to: start + DAY_MS };
    const mean = async () => (await call("data.aggregate", { ...span, unit: "day" })).mean[0];
    const before = await mean();
    const adjusted = await call("data.annotate", { ...span, kind: "adjust", offset: 10, reason: "zero point" });
    expect(await mean()).toBeCloseTo((before ?? 0) + 10, 6);
    await call("data.undoAnnotation", { annotationId: adjusted.id });
    expect(await mean()).toBe(before);
    await call("data.annotate", { ...span, kind: "exclude", reason: "painting", author: "Ana" });
    expect(await mean()).toBeNaN();
    const kept = await call("data.annotations", { channelId });
    expect(kept.map(({ reason, undoneAt }) => [reason, undoneAt === null])).toEqual([
      ["zero point", false],
      ["painting", true],
    ]);
    const failed = await call("data.undoAnnotation", { annotationId: channelId }).catch((error: unknown) => error);
    expect(isRpcError(failed) && failed.failure.code).toBe("READINGS_ANNOTATION_UNKNOWN");
  });

  it("are dropped only when old, only after a preview, and never within a year of now", async () => {
    const before = start + 4 * DAY_MS;
    const preview = await call("data.retention", { channelId, before });
    expect(preview).toMatchObject({ readings: 4 * 1440, kept: [], applied: false });
    expect(await verify()).toMatchObject({ readings: 14_400 });
    expect(await call("data.retention", { channelId, before, apply: true })).toMatchObject({
      ...preview,
      applied: true,
    });
    expect(await verify()).toMatchObject({ readings: 6 * 1440, damage: [] });
    await call("data.append", { readings: [{ channelId, at: now - 30 * DAY_MS, value: 5 }] });
    await compactAll();
    expect(await call("data.retention", { channelId, before: now })).toMatchObject({
      readings: 6 * 1440,
      kept: [{ reason: "quoted", readings: 1 }],
    });
  });
});

describe("a backup made on request", () => {
  it("is checked, listed, and holds every reading", async () => {
    const events = [];
    for await (const event of workspace.client.stream("backup.create", {})) events.push(event);
    const last = events.at(-1);
    if (last?.kind !== "done") throw new TypeError("A backup ends with itself.");
    const made = last.backup;
    expect(made).toMatchObject({ reason: "manual", workspaceName: "Street" });
    expect(await call("backup.list", {})).toEqual([made]);
    const target = join(root, "restored");
    expect(await restoreChosen(made.path, target)).toMatchObject({ ok: true, value: { name: "Street" } });
    await workspace.close();
    workspace = await open("restored");
    expect(await verify()).toMatchObject({ readings: 14_400, damage: [] });
  });
});

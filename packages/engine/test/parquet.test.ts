import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { MINUTE_MS } from "@ecolocal/core/shared";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

const ROWS = 50_000;
const START = Date.UTC(2024, 0, 1);
const SPAN = { from: START, to: START + ROWS * MINUTE_MS };

let root: string;
const open: ConnectedWorkspace[] = [];

async function found(name: string): Promise<ConnectedWorkspace> {
  const dir = join(root, name);
  const founded = await createWorkspace(dir, { name, appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  const connected = await connectWorkspace(dir, { role: "cli", appVersion: "1.0.0", checkOutput: true });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  open.push(connected.value);
  return connected.value;
}

let first: ConnectedWorkspace;
let channelId: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-parquet-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  first = await found("first");
  const { importId } = await first.client.call("data.importBegin", { fileName: "co2.csv" });
  const rows = Array.from(
    { length: ROWS },
    (_, i) => `${new Date(START + i * MINUTE_MS).toISOString()},${400 + (i % 300)}`,
  );
  const text = `time,co2\n${rows.join("\n")}\n`;
  channelId = (await first.client.call("data.importChunk", { importId, text, last: true })).channels[0] ?? "";
});
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

async function exported(signal?: AbortSignal) {
  const pieces: { bytes: Uint8Array; rows: number }[] = [];
  const query = { channelIds: [channelId], ...SPAN };
  for await (const piece of first.client.stream("data.exportParquet", query, signal ? { signal } : {}))
    pieces.push(piece);
  return pieces;
}

/** Sends a file in pieces of `size` bytes, then takes its rows stretch by stretch. */
async function send({ client }: ConnectedWorkspace, file: Uint8Array, size = 50_000) {
  const { importId } = await client.call("data.importBegin", { fileName: "co2.parquet", format: "parquet" });
  for (let at = 0; at < file.length; at += size) {
    const bytes = Uint8Array.from(file.subarray(at, at + size));
    expect(await client.call("data.importChunk", { importId, bytes, last: false })).toMatchObject({
      rowsRead: 0,
      done: false,
    });
  }
  const answers = [];
  do answers.push(await client.call("data.importChunk", { importId, last: true }));
  while (answers.at(-1)?.done === false);
  return answers;
}

async function values({ client }: ConnectedWorkspace) {
  const [channel] = await client.call("channel.list", {});
  const all: number[] = [];
  for await (const block of client.stream("data.range", { channelId: channel?.id ?? "", ...SPAN }))
    all.push(...block.value);
  return all;
}

it("a Parquet file leaves in pieces and comes back in pieces, with every reading", async () => {
  const pieces = await exported();
  expect(pieces.length).toBeGreaterThan(2);
  expect(pieces.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
  const file = Buffer.concat(pieces.map(({ bytes }) => bytes));
  expect(file.subarray(0, 4).toString()).toBe("PAR1");
  expect(file.subarray(-4).toString()).toBe("PAR1");
  const second = await found("second");
  const answers = await send(second, file);
  expect(answers.length).toBeGreaterThan(2);
  expect(answers.at(-1)).toMatchObject({ rowsRead: ROWS, inserted: ROWS, rejected: 0, done: true });
  expect(await values(second)).toEqual(await values(first));
  expect((await send(second, file)).at(-1)).toMatchObject({ inserted: 0, unchanged: ROWS });
  expect(readdirSync(join(root, "second")).filter((name) => name.startsWith(".import"))).toEqual([]);
});

it("an export that is cancelled ends, and the engine goes on answering", async () => {
  const stop = new AbortController();
  const events = first.client.stream(
    "data.exportParquet",
    { channelIds: [channelId], ...SPAN },
    { signal: stop.signal },
  );
  await events[Symbol.asyncIterator]().next();
  stop.abort();
  expect((await exported()).length).toBeGreaterThan(2);
});

it("what is no Parquet file, or only half of one, is refused, and nothing is left of it", async () => {
  const file = Buffer.concat((await exported()).map(({ bytes }) => bytes));
  const second = await found("second");
  for (const broken of [Buffer.from("PAR1 but not really"), file.subarray(0, file.length / 2)]) {
    const refused = await send(second, broken).catch((error: unknown) => error);
    expect(isRpcError(refused) && refused.code).toBe("IMPORT_FORMAT_UNKNOWN");
  }
  expect(await second.client.call("channel.list", {})).toEqual([]);
  expect(readdirSync(join(root, "second")).filter((name) => name.startsWith(".import"))).toEqual([]);
});

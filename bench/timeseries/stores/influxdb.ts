import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { finalState, QUANTITIES, SCALES, type Workload } from "../workload.ts";
import { sizeOf } from "./size-of.ts";
import { type Answer, NOTHING, plus, type Span } from "./store.ts";

const LINES_PER_WRITE = 50_000;
const START_MS = 30_000;
const COMPACT_MS = 180_000;
const POLL_MS = 500;

/** InfluxDB 1 as a program of its own on loopback; questions are asked over HTTP, so only elapsed time compares. */
export interface InfluxStore {
  load(workload: Workload): Promise<void>;
  /**
   * Bytes of the readings' files, once its log is written out and every shard is compacted into one file. Its list of
   * series is left out: it is allocated in advance for millions of them.
   */
  compactedBytes(): Promise<number>;
  buckets(span: Span, widthMs: number): Promise<Answer>;
  close(): Promise<void>;
}

/** Null where `influxd` is not installed. */
export async function createInflux(folder: string): Promise<InfluxStore | null> {
  if (spawnSync("influxd", ["version"]).status !== 0) return null;
  const port = await freePort();
  const dirs = { meta: join(folder, "meta"), data: join(folder, "data"), wal: join(folder, "wal") };
  for (const dir of Object.values(dirs)) mkdirSync(dir, { recursive: true });
  const config = join(folder, "influxdb.conf");
  writeFileSync(config, configuration(dirs, port));
  const child = spawn("influxd", ["-config", config], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url);
  await ask(url, "CREATE DATABASE bench");
  return {
    load: (workload) => load(url, workload),
    compactedBytes: () => untilCompacted(dirs),
    buckets: (span, widthMs) => buckets(url, span, widthMs),
    async close() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

function configuration(dirs: { readonly meta: string; readonly data: string; readonly wal: string }, port: number) {
  return `reporting-disabled = true
bind-address = "127.0.0.1:0"
[meta]
  dir = ${JSON.stringify(dirs.meta)}
[data]
  dir = ${JSON.stringify(dirs.data)}
  wal-dir = ${JSON.stringify(dirs.wal)}
  query-log-enabled = false
  cache-snapshot-write-cold-duration = "5s"
  compact-full-write-cold-duration = "5s"
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[logging]
  level = "error"
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (let waited = 0; waited < START_MS; waited += POLL_MS) {
    if (child.exitCode !== null) break;
    if (
      await fetch(`${url}/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await pause();
  }
  throw new TypeError("influxd did not start.");
}

async function load(url: string, workload: Workload): Promise<void> {
  for (const [series, { at, scaled }] of finalState(workload).entries()) {
    const name = QUANTITIES[series];
    for (let from = 0; from < at.length; from += LINES_PER_WRITE) {
      const lines = Array.from(
        at.subarray(from, from + LINES_PER_WRITE),
        (ms, i) => `${name} value=${(scaled[from + i] as number) / (SCALES[series] ?? 1)} ${ms / 1000}`,
      );
      const response = await fetch(`${url}/write?db=bench&precision=s`, {
        method: "POST",
        headers: { "content-encoding": "gzip" },
        body: gzipSync(lines.join("\n"), { level: 1 }),
      });
      if (!response.ok) throw new TypeError(`influxd refused a write: ${await response.text()}`);
    }
  }
}

async function untilCompacted(dirs: { readonly data: string; readonly wal: string }): Promise<number> {
  let size = -1;
  for (let waited = 0; waited < COMPACT_MS; waited += POLL_MS) {
    const before = size;
    const files = readdirSync(dirs.data, { recursive: true }).map(String);
    const written = files.filter((file) => file.endsWith(".tsm")).map((file) => join(dirs.data, file));
    const shards = new Set(written.map(dirname));
    size = written.reduce((sum, file) => sum + sizeOf(file), 0);
    if (written.length === shards.size && sizeOf(dirs.wal) === 0 && size === before) break;
    await pause();
  }
  return size;
}

async function buckets(url: string, { from, to }: Span, widthMs: number): Promise<Answer> {
  const offset = from % widthMs;
  const rows = await ask(
    url,
    `SELECT count(value), sum(value), min(value), max(value) FROM ${QUANTITIES[0]}
     WHERE time >= ${from}ms AND time < ${to}ms GROUP BY time(${widthMs}ms, ${offset}ms) fill(none)`,
  );
  const scale = SCALES[0];
  return rows
    .map((row) => row.slice(1).map(Number))
    .reduce(
      (answer, [n = 0, sum = 0, min = 0, max = 0]) =>
        plus(answer, n, Math.round(sum * scale), Math.round(min * scale), Math.round(max * scale)),
      NOTHING,
    );
}

interface QueryAnswer {
  readonly results: readonly {
    readonly error?: string;
    readonly series?: readonly { readonly values: readonly (readonly unknown[])[] }[];
  }[];
}

async function ask(url: string, question: string): Promise<readonly (readonly unknown[])[]> {
  const response = await fetch(`${url}/query?db=bench&epoch=ms`, {
    method: "POST",
    body: new URLSearchParams({ q: question }),
  });
  const { results } = (await response.json()) as QueryAnswer;
  const [first] = results;
  if (!response.ok || first?.error !== undefined) throw new TypeError(`influxd: ${first?.error ?? response.status}`);
  return first?.series?.[0]?.values ?? [];
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

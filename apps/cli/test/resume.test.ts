import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { collect, runCli, startCli, temporaryFolder } from "./run-cli.ts";

const ROWS = 200_000;
/** Several programs are started, one after the other. */
const PATIENCE_MS = 120_000;

function time(i: number): string {
  return new Date(Date.UTC(2024, 0, 1) + i * 10_000).toISOString();
}

const MAKE = {
  "big.csv": () =>
    `time,co2,temperature\n${Array.from({ length: ROWS }, (_, i) => `${time(i)},${400 + (i % 900)},${i % 31}\n`).join("")}`,
  "big.ndjson": () =>
    Array.from({ length: ROWS }, (_, i) => `{"time":"${time(i)}","co2":${400 + (i % 900)}}\n`).join(""),
};

/** Rows that the record of the running import tells of; 0 while there is none. */
function rowsKept(dir: string): number {
  const path = join(dir, "workspace.db");
  if (!existsSync(path)) return 0;
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const [row] = db.prepare("SELECT rows_read AS n FROM imports ORDER BY started_at DESC LIMIT 1").all();
    return Number(row?.["n"] ?? 0);
  } finally {
    db.close();
  }
}

async function place() {
  const dir = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(dir, "data"), ECOLOCAL_CONFIG_DIR: join(dir, "config"), TZ: "UTC" };
  const run = (...args: string[]) => runCli(args, { cwd: dir, env });
  const json = async (...args: string[]) => JSON.parse((await run(...args, "--json")).stdout);
  return { dir, env, run, json };
}

it.each(["big.csv", "big.ndjson"] as const)(
  "an import of %s that kill -9 cut short goes on where it stopped, and ends like one that never stopped",
  async (file) => {
    const { dir, env, run, json } = await place();
    const [killed, whole] = [join(dir, "killed"), join(dir, "whole")];
    for (const path of [killed, whole]) await run("init", path, "--name", "Street");
    writeFileSync(join(dir, file), MAKE[file]());
    const child = startCli(["data", "import", file, "--workspace", killed], { cwd: dir, env });
    const gone = once(child, "exit");
    await expect.poll(() => rowsKept(killed), { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
    child.kill("SIGKILL");
    await gone;
    const kept = rowsKept(killed);
    expect(kept).toBeLessThan(ROWS);
    const expected = await json("data", "import", file, "--workspace", whole);
    const { channels: _, rowsBefore, ...totals } = await json("data", "import", file, "--workspace", killed);
    expect(rowsBefore).toBe(kept);
    const { channels: __, ...counted } = expected;
    expect({ rowsBefore: 0, ...totals }).toEqual(counted);
    expect(totals).toMatchObject({ rowsRead: ROWS, unchanged: 0, rejected: 0 });
    const readings = async (path: string) => {
      const out = join(dir, "out.csv");
      await run("data", "export", "--since", "9999d", "--output", out, "--workspace", path);
      // The channels of another workspace have other ids.
      return readFileSync(out, "utf8").replaceAll(/,[0-9a-z]{26},/g, ",ID,");
    };
    expect((await readings(killed)) === (await readings(whole))).toBe(true);
    expect(await json("data", "verify", "--workspace", killed)).toMatchObject({ damage: [] });
  },
  PATIENCE_MS,
);

it("a file that changed before the place where its import stopped is imported from its start", async () => {
  const { dir, env, run, json } = await place();
  await run("init", dir, "--name", "Street");
  const file = join(dir, "log.csv");
  writeFileSync(file, MAKE["big.csv"]());
  const child = startCli(["data", "import", file], { cwd: dir, env });
  const gone = once(child, "exit");
  await expect.poll(() => rowsKept(dir), { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
  child.kill("SIGKILL");
  await gone;
  writeFileSync(file, "time,co2\n2024-01-01T00:00:00Z,777\n");
  expect(await json("data", "import", file)).toMatchObject({ rowsRead: 1, corrected: 1 });
  appendFileSync(file, "2024-06-01T00:00:00Z,778\n");
  expect(await json("data", "import", file)).toMatchObject({ rowsRead: 2, inserted: 1, unchanged: 1 });
});

it("a file without line breaks is refused with the line and what to do", async () => {
  const { dir, run } = await place();
  await run("init", dir, "--name", "Street");
  writeFileSync(join(dir, "one-line.ndjson"), '{"time":"2024-01-01T00:00:00Z","co2":1} '.repeat(60_000));
  const refused = await run("data", "import", "one-line.ndjson");
  expect(refused.status).toBe(7);
  expect(refused.stderr).toContain("Line 1 is longer than 1000000 characters.");
  expect(refused.stderr).toContain("IMPORT_LINE_TOO_LONG");
});

it(
  "an import into a running agent that is killed says what to do, and goes on where it stopped",
  async () => {
    const { dir, env, run, json } = await place();
    await run("init", dir, "--name", "Street");
    writeFileSync(join(dir, "big.csv"), MAKE["big.csv"]());
    const agent = startCli(["agent", "--workspace", dir], { cwd: dir, env });
    const owner = async () => (await json("status", "--workspace", dir)).owner?.role;
    await expect.poll(owner, { timeout: 30_000 }).toBe("agent");
    const importing = startCli(["data", "import", "big.csv", "--workspace", dir], { cwd: dir, env });
    const ended = collect(importing);
    await expect.poll(() => rowsKept(dir), { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
    agent.kill("SIGKILL");
    const stopped = await ended;
    expect(stopped.status).toBe(5);
    expect(stopped.stderr).toContain("the same command goes on from there");
    const { rowsBefore, ...totals } = await json("data", "import", "big.csv", "--workspace", dir);
    expect(rowsBefore).toBeGreaterThan(0);
    expect(totals).toMatchObject({ rowsRead: ROWS, unchanged: 0 });
  },
  PATIENCE_MS,
);

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { runCli, temporaryFolder } from "./run-cli.ts";

/** A workspace with two days of CO2, hour by hour. */
async function place() {
  const dir = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(dir, "data"), ECOLOCAL_CONFIG_DIR: join(dir, "config"), TZ: "UTC" };
  const run = (...args: string[]) => runCli(args, { cwd: dir, env });
  const json = async (...args: string[]) => {
    const result = await run(...args, "--json");
    expect(result.stderr).toBe("");
    return JSON.parse(result.stdout);
  };
  await run("init", "--name", "Our street");
  const rows = Array.from({ length: 48 }, (_, i) => `${new Date(Date.UTC(2024, 4, 1, i)).toISOString()},${400 + i}`);
  writeFileSync(join(dir, "co2.csv"), `time,co2\n${rows.join("\n")}\n`);
  expect(await run("data", "import", "co2.csv")).toMatchObject({ status: 0 });
  return { dir, run, json };
}

it("readings are checked, measured and compressed, and a plan says where an answer comes from", async () => {
  const { run, json } = await place();
  expect(await json("data", "compact", "--today")).toMatchObject({ schemaVersion: expect.any(Number) });
  expect(await json("data", "compact", "--pause")).toMatchObject({ compressionPaused: true });
  expect((await run("data", "storage")).stdout).toContain("--resume");
  expect(await json("data", "compact", "--resume")).toMatchObject({ compressionPaused: false });
  expect(await json("data", "verify")).toMatchObject({ readings: 48, damage: [] });
  expect((await json("data", "storage")).channels).toMatchObject([{ quantity: "co2", readings: 48 }]);
  expect((await run("data", "storage")).stdout).toContain("a year at this rate");
  const span = ["--from", "2024-05-01", "--to", "2024-05-03"];
  expect((await json("data", "query", "co2", "--every", "day", "--explain", ...span)).buckets).toBe(2);
});

it("damage is told by the name of its channel", async () => {
  const { run, json } = await place();
  await run("data", "compact", "--today");
  const db = new DatabaseSync(join((await json("status")).path, "workspace.db"));
  db.exec("UPDATE reading_rollups SET data = zeroblob(length(data))");
  db.close();
  const verified = await run("data", "verify");
  expect(verified).toMatchObject({ status: 7 });
  expect(verified.stdout).toMatch(/^ {2}co2 .*READINGS_ROLLUP_DAMAGED/m);
});

it("a stretch is excluded with a reason, listed, and taken back", async () => {
  const { run, json } = await place();
  const span = ["--from", "2024-05-01", "--to", "2024-05-02"];
  expect(await run("data", "flag", "co2", ...span, "--exclude")).toMatchObject({ status: 2 });
  const { id } = await json("data", "flag", "co2", ...span, "--exclude", "--reason", "Wall painted");
  const usable = async () => (await json("data", "query", "co2", "--since", "9999d", "--usable-only")).readings.length;
  expect(await usable()).toBe(24);
  expect((await run("data", "flag", "co2")).stdout).toContain("Wall painted");
  expect(await run("data", "flag", "co2", "--undo", id)).toMatchObject({ status: 0 });
  expect(await usable()).toBe(48);
  expect(await run("data", "flag", "co2", "--undo", "01j00000000000000000000000")).toMatchObject({ status: 4 });
});

it("old readings go only with --apply", async () => {
  const { json } = await place();
  const cut = ["data", "retention", "co2", "--before", "2024-05-02"];
  expect(await json(...cut, "--preview")).toMatchObject({ readings: 24, applied: false });
  expect(await json(...cut, "--apply")).toMatchObject({ readings: 24, applied: true });
  expect(await json("data", "verify")).toMatchObject({ readings: 24, damage: [] });
});

it("a Parquet file holds every reading, and importing it again changes nothing", async () => {
  const { dir, run, json } = await place();
  const span = ["--from", "2024-05-01", "--to", "2024-05-03"];
  const exported = await json("data", "export", ...span, "--output", "all.parquet");
  expect(exported).toMatchObject({ rows: 48 });
  expect(readFileSync(join(dir, "all.parquet")).subarray(0, 4).toString()).toBe("PAR1");
  expect(await json("data", "import", "all.parquet")).toMatchObject({ inserted: 0, unchanged: 48, rejected: 0 });
  const named = ["data", "export", ...span, "--format", "parquet"];
  expect(await run(...named)).toMatchObject({ status: 2 });
  expect(await run(...named, "--output", "named.bin")).toMatchObject({ status: 0 });
  expect(readFileSync(join(dir, "named.bin"))).toEqual(readFileSync(join(dir, "all.parquet")));
  await run("init", "other", "--name", "Other");
  const other = ["--workspace", join(dir, "other")];
  expect(await json("data", "import", "all.parquet", ...other)).toMatchObject({ inserted: 48, rejected: 0 });
  const values = async (...more: string[]) =>
    (await json("data", "query", "co2", ...span, ...more)).readings.map((row: { value: number }) => row.value);
  expect(await values(...other)).toEqual(await values());
  writeFileSync(join(dir, "no.parquet"), "PAR1 but not really");
  expect(await run("data", "import", "no.parquet")).toMatchObject({ status: 7 });
  expect(await run("data", "import", "none.parquet")).toMatchObject({ status: 4 });
});

it("a day of readings becomes a signed file that a stranger can check, and one changed byte is found", async () => {
  const { dir, run, json } = await place();
  const made = await json("share", "export", "co2", "--day", "2024-05-01", "--output", "may.ecolocal-segment");
  expect(made).toMatchObject({ readings: 24, quantity: "co2", day: "2024-05-01" });
  const stranger = temporaryFolder();
  const file = join(dir, "may.ecolocal-segment");
  const verify = () => runCli(["share", "verify", file, "--json"], { cwd: stranger, env: {} });
  expect(JSON.parse((await verify()).stdout)).toMatchObject({
    readings: 24,
    owner: { fingerprint: made.owner.fingerprint },
  });
  const bytes = readFileSync(file);
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const refused = await verify();
  expect(refused.status).toBe(7);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "SYNC_SEGMENT_INVALID" } });
  expect(await run("share", "export", "co2", "--day", "2024-06-01")).toMatchObject({ status: 4 });
});

it("readings are kept for ever until somebody says how long, and a dry run says what that would drop", async () => {
  const { run, json } = await place();
  expect((await run("data", "retention")).stdout).toContain("kept for ever");
  await json("data", "compact", "--today");
  const { reports } = await json("data", "retention", "--keep", "1y", "--dry-run");
  expect(reports).toMatchObject([{ readings: 48, kept: [], applied: false }]);
  expect(await json("data", "retention")).toMatchObject({ keepDays: null, channels: [], lastRun: null });
  expect(await json("data", "retention", "--keep", "18mo")).toMatchObject({ keepDays: 548 });
  expect((await json("data", "retention", "co2", "--keep", "forever")).channels).toMatchObject([{ keepDays: null }]);
  expect((await json("data", "retention", "co2", "--keep", "workspace")).channels).toEqual([]);
  expect(await run("data", "retention", "--keep", "3mo")).toMatchObject({ status: 2 });
  expect(await run("data", "retention", "--before", "2025-01-01")).toMatchObject({ status: 2 });
  expect((await json("data", "query", "co2", "--since", "9999d")).readings).toHaveLength(48);
});

it("nothing is shared unless somebody says so, and not without a group", async () => {
  const { run, json } = await place();
  expect((await json("share", "list")).channels).toMatchObject([{ audience: "none", sent: null }]);
  expect(await run("share", "set", "co2", "--with", "group")).toMatchObject({ status: 10 });
  expect(await run("share", "set", "co2", "--with", "nobody")).toMatchObject({ status: 0 });
  expect(await run("share", "set", "--with", "group")).toMatchObject({ status: 2 });
});

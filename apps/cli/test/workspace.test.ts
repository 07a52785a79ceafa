import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collect, parseLines, type RunOptions, runCli, startCli, temporaryFolder } from "./run-cli.ts";

/** A computer of its own: no workspace, no memory of one. */
function newPlace() {
  const home = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(home, "data"), ECOLOCAL_CONFIG_DIR: join(home, "config"), TZ: "UTC" };
  const run = (args: readonly string[], options: RunOptions = {}) =>
    runCli(args, { cwd: home, ...options, env: { ...env, ...options.env } });
  return {
    dir: home,
    env,
    run,
    async json(args: readonly string[], options?: RunOptions) {
      const result = await run([...args, "--json"], options);
      expect(result.stderr).toBe("");
      return JSON.parse(result.stdout);
    },
  };
}

/** A place with a workspace in it, and one simulated dust sensor that speaks five times a second. */
async function placeWithSensor() {
  const place = newPlace();
  await place.run(["init", "--name", "Our street"]);
  await place.run([
    "sensor",
    "add",
    "--port",
    "sim:sds011?interval=200",
    "--name",
    "Kitchen air",
    "--place",
    "Kitchen",
  ]);
  return place;
}

const COLUMNS = ["--column", "pm25=pm25", "--column", "pm10=pm10", "--place", "Kitchen"];

const CSV = [
  "time,pm25,pm10",
  "2026-11-24T08:00:00Z,10,20",
  "2026-11-24T08:01:00Z,12,24",
  "2026-11-24T08:02:00Z,much,24",
  "2026-11-24T08:03:00Z,14,28",
  "",
].join("\n");

describe("without a workspace", () => {
  it.each([["status"], ["sensor list"], ["recommend list"], ["data query"], ["project list"]])(
    "%s says how to make one, with exit code 10",
    async (command) => {
      const place = newPlace();
      const text = await place.run(command.split(" "));
      expect(text).toMatchObject({ status: 10, stdout: "" });
      expect(text.stderr).toContain("ecolocal init");
      expect(await place.json(command.split(" "))).toMatchObject({ error: { code: "WORKSPACE_NOT_FOUND", exit: 10 } });
    },
  );

  it("a named folder without one is not found either, and nothing is made there", async () => {
    const place = newPlace();
    const run = await place.run(["status", "--workspace", "elsewhere"]);
    expect(run.status).toBe(10);
    expect(existsSync(join(place.dir, "elsewhere"))).toBe(false);
  });

  it("doctor still looks at the rest", async () => {
    const place = newPlace();
    const run = await place.run(["doctor", "--json"]);
    expect(run.status).toBe(10);
    const { checks } = JSON.parse(run.stdout);
    expect(checks).toContainEqual(expect.objectContaining({ name: "node", result: "ok" }));
    expect(checks).toContainEqual(expect.objectContaining({ name: "workspace", code: "WORKSPACE_NOT_FOUND" }));
  });
});

describe("a workspace of one's own", () => {
  it("is made once, found again without being named, and never overwritten", async () => {
    const place = newPlace();
    const made = await place.json(["init", "--name", "Our street", "--time-zone", "Europe/Berlin", "--country", "DEU"]);
    expect(made).toMatchObject({
      schemaVersion: 1,
      name: "Our street",
      kind: "own",
      timeZone: "Europe/Berlin",
      region: { country: "DEU" },
    });
    expect(await place.json(["status"])).toMatchObject({
      schemaVersion: 1,
      name: "Our street",
      mode: "live",
      path: made.path,
    });
    const again = await place.run(["init", "--name", "Another", "--json"]);
    expect(again.status).toBe(7);
    expect(JSON.parse(again.stdout)).toMatchObject({ error: { code: "WORKSPACE_EXISTS" } });
    expect((await place.json(["status"])).name).toBe("Our street");
  });

  it("is the one in the folder one stands in, before the one used last", async () => {
    const place = newPlace();
    await place.run(["init", "here", "--name", "Here"]);
    await place.run(["init", "there", "--name", "There"]);
    expect((await place.json(["status"])).name).toBe("There");
    expect((await place.json(["status"], { cwd: join(place.dir, "here") })).name).toBe("Here");
    expect((await place.json(["status"], { env: { ECOLOCAL_WORKSPACE: join(place.dir, "here") } })).name).toBe("Here");
    expect((await place.json(["status", "-w", "here"])).name).toBe("Here");
  });

  it("refuses a time zone that does not exist", async () => {
    const run = await newPlace().run(["init", "--time-zone", "Mars/Olympus", "--json"]);
    expect(run.status).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "WORKSPACE_ZONE_UNKNOWN" } });
  });
});

describe("sensors", () => {
  it("are added, listed, shown, removed and taken back by the name people gave them", async () => {
    const place = await placeWithSensor();
    const { sensors } = await place.json(["sensor", "list"]);
    expect(sensors).toEqual([expect.objectContaining({ name: "Kitchen air", driverId: "sds011", place: "Kitchen" })]);
    expect(await place.json(["sensor", "show", "kitchen AIR"])).toMatchObject({ id: sensors[0].id });
    expect(await place.json(["sensor", "show", sensors[0].id.slice(0, 12)])).toMatchObject({ name: "Kitchen air" });
    expect((await place.run(["sensor", "rm", "Kitchen air", "--dry-run"])).status).toBe(0);
    expect((await place.json(["sensor", "list"])).sensors).toHaveLength(1);
    expect((await place.run(["sensor", "rm", "Kitchen air"])).status).toBe(0);
    expect((await place.json(["sensor", "list"])).sensors).toHaveLength(0);
    expect((await place.run(["sensor", "restore", sensors[0].id])).status).toBe(0);
    expect((await place.json(["sensor", "list"])).sensors).toHaveLength(1);
  });

  it("stand where people say, in degrees, and nowhere after they say so", async () => {
    const place = await placeWithSensor();
    const move = (to: string) => place.run(["sensor", "update", "Kitchen air", "--position", to]);
    expect((await move("52.4961° N, 13.4209° E")).status).toBe(0);
    expect(await place.json(["sensor", "show", "Kitchen air"])).toMatchObject({
      position: { latitude: 52.4961, longitude: 13.4209 },
    });
    expect(await move("behind the shed")).toMatchObject({ status: 2, stdout: "" });
    expect((await move("none")).status).toBe(0);
    expect(await place.json(["sensor", "show", "Kitchen air"])).toMatchObject({ position: null });
  });

  it("that do not exist are answered with the nearest name and exit code 4", async () => {
    const place = await placeWithSensor();
    const run = await place.run(["sensor", "show", "kitchen iar", "--json"]);
    expect(run.status).toBe(4);
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: { code: "SENSOR_NOT_FOUND", hint: 'Did you mean "kitchen air"?' },
    });
  });

  it("are watched as one JSON line per value, and what was seen is kept", async () => {
    const place = await placeWithSensor();
    const run = await place.run(["sensor", "watch", "Kitchen air", "--count", "8", "--json"]);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const values = parseLines(run.stdout) as { quantity: string; at: string; value: number; unit: string }[];
    expect(values).toHaveLength(8);
    for (const value of values) {
      expect(value).toMatchObject({ quantity: expect.stringMatching(/^pm/), unit: "ug/m3" });
      expect(value.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    }
    expect((await place.json(["status"])).counts.readings).toBeGreaterThan(0);
  });

  it("are watched until Ctrl-C, which ends with 130 and leaves the workspace free", async () => {
    const place = await placeWithSensor();
    const child = startCli(["sensor", "watch", "--json"], { env: place.env, cwd: place.dir });
    const done = collect(child);
    await once(child.stdout as NonNullable<typeof child.stdout>, "data");
    child.kill("SIGINT");
    expect((await done).status).toBe(130);
    expect((await place.json(["status"])).owner.role).toBe("cli");
  });

  it("are seen by a second command while the first watches", async () => {
    const place = await placeWithSensor();
    const child = startCli(["sensor", "watch", "--json"], { env: place.env, cwd: place.dir });
    const done = collect(child);
    await once(child.stdout as NonNullable<typeof child.stdout>, "data");
    const status = await place.json(["status"]);
    expect(status.owner.pid).toBe(child.pid);
    await place.run(["sensor", "add", "--port", "sim:lines", "--name", "Second"]);
    expect((await place.json(["sensor", "list"])).sensors).toHaveLength(2);
    child.kill("SIGTERM");
    expect((await done).status).toBe(0);
  });

  it("are read once before they are added", async () => {
    const place = newPlace();
    await place.run(["init"]);
    const frame = await place.json(["sensor", "read", "--port", "sim:sds011?interval=50"]);
    expect(frame.readings.map(({ quantity }: { quantity: string }) => quantity)).toEqual(["pm25", "pm10"]);
    expect((await place.json(["sensor", "list"])).sensors).toEqual([]);
  });

  it("on a port that is not there are refused with the reason", async () => {
    const place = newPlace();
    await place.run(["init"]);
    const run = await place.run([
      "sensor",
      "read",
      "--port",
      "/dev/no-such-port",
      "--driver",
      "sds011",
      "--timeout",
      "2s",
      "--json",
    ]);
    expect(run.status).toBe(4);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "SENSING_PORT_MISSING" } });
  });
});

describe("readings", () => {
  it("are imported around a broken row, which is named, with exit code 3; a second time nothing is new", async () => {
    const place = newPlace();
    await place.run(["init"]);
    writeFileSync(join(place.dir, "air.csv"), CSV);
    const first = await place.run(["data", "import", "air.csv", ...COLUMNS]);
    expect(first.status).toBe(3);
    expect(first.stderr).toMatch(/row 4: .*\[IMPORT_ROW_VALUE_INVALID\]/);
    const second = await place.run(["data", "import", "-", ...COLUMNS, "--json"], { input: CSV });
    expect(second.status).toBe(3);
    expect(JSON.parse(second.stdout)).toMatchObject({ inserted: 0, rejected: 1 });
    const clean = CSV.replace("much", "13");
    expect((await place.run(["data", "import", "-", ...COLUMNS], { input: clean })).status).toBe(0);
    const empty = await place.run(["data", "import", "-", ...COLUMNS, "--error-on-empty"], { input: clean });
    expect(empty.status).toBe(9);
  });

  it("become those of a sensor that has measured before", async () => {
    const place = await placeWithSensor();
    await place.run(["sensor", "watch", "--count", "6"]);
    const args = ["data", "import", "-", "--column", "pm25=pm25", "--sensor", "Kitchen air"];
    expect((await place.run(args, { input: CSV.replace("much", "13") })).status).toBe(0);
    const { channels } = await place.json(["data", "query"]);
    expect(channels.filter(({ quantity }: { quantity: string }) => quantity === "pm25")).toHaveLength(1);
    const wrong = await place.run(["data", "import", "-", "--column", "pm25=co2", "--sensor", "Kitchen air"], {
      input: CSV,
    });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain("It measures: pm25, pm10");
  });

  it("found by the header alone are kept where and how they were measured", async () => {
    const place = newPlace();
    await place.run(["init"]);
    const args = ["data", "import", "-", "--place", "Kitchen", "--exposure", "indoor"];
    expect((await place.run(args, { input: CSV.replace("much", "13") })).status).toBe(0);
    expect((await place.json(["data", "query"])).channels).toEqual([
      expect.objectContaining({ quantity: "pm25", place: "Kitchen", exposure: "indoor", intervalMs: 60_000 }),
      expect.objectContaining({ quantity: "pm10", place: "Kitchen", exposure: "indoor", intervalMs: 60_000 }),
    ]);
  });

  it("are only looked at with --dry-run", async () => {
    const place = newPlace();
    await place.run(["init"]);
    const run = await place.run(["data", "import", "-", "--dry-run", "--json"], { input: CSV });
    expect(run.status).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({ dryRun: true });
    expect((await place.json(["status"])).counts.readings).toBe(0);
  });

  it("are printed in every format, with the same values", async () => {
    const place = newPlace();
    await place.run(["init"]);
    await place.run(["data", "import", "-", ...COLUMNS], { input: CSV });
    const query = ["data", "query", "pm25", "--from", "2026-11-24T00:00:00Z", "--to", "2026-11-25T00:00:00Z"];
    const { readings } = await place.json(query);
    expect(readings.map(({ at, value }: { at: string; value: number }) => [at, value])).toEqual([
      ["2026-11-24T08:00:00Z", 10],
      ["2026-11-24T08:01:00Z", 12],
      ["2026-11-24T08:03:00Z", 14],
    ]);
    const lines = parseLines((await place.run([...query, "--format", "ndjson"])).stdout);
    expect(lines).toEqual(readings);
    const csv = await place.run([...query, "--format", "csv"]);
    expect(csv.stdout.split("\n").slice(0, 2)).toEqual([
      "at,value,unit,n,min,max,quality",
      "2026-11-24T08:00:00Z,10,ug/m3,1,10,10,",
    ]);
    const hours = await place.json([...query, "--every", "hour"]);
    expect(hours.readings).toContainEqual(
      expect.objectContaining({ at: "2026-11-24T08:00:00Z", value: 12, n: 3, min: 10, max: 14 }),
    );
  });

  it("go out to a file and come back the same", async () => {
    const place = newPlace();
    await place.run(["init"]);
    await place.run(["data", "import", "-", ...COLUMNS], { input: CSV });
    const all = ["--from", "2026-11-24T00:00:00Z", "--to", "2026-11-25T00:00:00Z"];
    const exported = await place.json(["data", "export", ...all, "--output", "out.csv"]);
    expect(exported).toMatchObject({ file: "out.csv", rows: 7 });
    expect(existsSync(join(place.dir, "out.csv.partial"))).toBe(false);
    expect(readFileSync(join(place.dir, "out.csv"), "utf8").split("\n").length).toBeGreaterThanOrEqual(7);
    const back = await place.run(["data", "import", "out.csv", "--json"]);
    expect(JSON.parse(back.stdout)).toMatchObject({ inserted: 0, rejected: 0 });
    const lines = await place.run(["data", "export", "pm10", ...all]);
    expect(parseLines(lines.stdout)).toHaveLength(4);
    const refused = await place.run(["data", "export", "--output", "no/such/folder.csv", ...all, "--json"]);
    expect(refused.status).toBe(6);
  });
});

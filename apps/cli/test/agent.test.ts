import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { collect, type RunOptions, runCli, startCli, temporaryFolder } from "./run-cli.ts";

/** A computer of its own with a workspace. */
async function newPlace() {
  const home = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(home, "data"), ECOLOCAL_CONFIG_DIR: join(home, "config"), TZ: "UTC" };
  const run = (args: readonly string[], options: RunOptions = {}) => runCli(args, { cwd: home, ...options, env });
  await run(["init", "--name", "Our street"]);
  return {
    dir: home,
    env,
    run,
    json: async (args: readonly string[]) => JSON.parse((await run([...args, "--json"])).stdout),
  };
}

async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const value = await read().catch(() => undefined);
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new TypeError("Waited in vain.");
}

describe("agent", () => {
  it("reads the sensors, counts for Prometheus, writes a log, and ends cleanly when the service is stopped", async () => {
    const place = await newPlace();
    await place.run(["sensor", "add", "--port", "sim:sds011?interval=100", "--name", "Balcony", "--place", "Home"]);
    const agent = startCli(["agent", "--metrics-port", "0", "--json"], { cwd: place.dir, env: place.env });
    const ended = collect(agent);
    const facts = await new Promise<{ readonly metricsUrl: string; readonly log: string; readonly mode: string }>(
      (resolve) => {
        let text = "";
        agent.stdout?.on("data", (part: Buffer) => {
          text += part.toString();
          if (text.trimEnd().endsWith("}")) resolve(JSON.parse(text));
        });
      },
    );
    expect(facts.mode).toBe("owner");
    const metrics = await until(async () => {
      const text = await (await fetch(facts.metricsUrl)).text();
      return /frames_ok_total\{[^}]*\} [1-9]/.test(text) ? text : undefined;
    });
    expect(metrics).not.toContain("Balcony");
    expect((await place.json(["sensor", "list"])).sensors).toMatchObject([{ state: "reading" }]);
    agent.kill("SIGTERM");
    expect((await ended).status).toBe(0);
    const lines = readFileSync(facts.log, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ run }) => run)).size).toBe(1);
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining(["The agent reads the sensors.", "The agent ends."]),
    );
  });
});

describe("doctor", () => {
  it("says why no sensor is seen, and packs an archive without names", async () => {
    const place = await newPlace();
    const file = join(place.dir, "report.tar.gz");
    const result = await place.run(["doctor", "--bundle", file, "--json"]);
    const { checks } = JSON.parse(result.stdout);
    expect(checks.map(({ name }: { readonly name: string }) => name)).toEqual(
      expect.arrayContaining(["node", "workspace"]),
    );
    expect(existsSync(file)).toBe(true);
    expect((await place.run(["doctor", "--udev-rules"])).stdout).toContain('TAG+="uaccess", GROUP="dialout"');
    const refused = await place.run(["doctor", "--bundle", join(place.dir, "no/such/folder.tgz")]);
    expect(refused.stderr).toContain("EXPORT_FILE_REFUSED");
  });
});

describe("an archive for a report", () => {
  /** What the files of a .tar.gz hold, as one text. */
  const unpacked = (file: string): string => gunzipSync(readFileSync(file)).toString("utf8");

  it("says what state things are in, and holds none of the secrets and names that were planted", async () => {
    const place = await newPlace();
    const credentials = join(place.dir, "broker-login");
    writeFileSync(credentials, "hannelore\nKornblume77\n", { mode: 0o600 });
    const sensors = [
      ["--driver", "mqtt", "--port", `mqtt://nas.hannelore.example/loft/#?credentials=${credentials}`],
      ["--driver", "sds011", "--port", "tcp://meter.hannelore.example:2001"],
      ["--driver", "airrohr", "--port", "push:esp8266-7654321"],
      ["--driver", "sds011", "--port", "sim:sds011"],
    ];
    for (const [i, port] of sensors.entries()) {
      const added = await place.run([
        "sensor",
        "add",
        ...port,
        "--name",
        `Hannelores "Dach" ${i}`,
        "--place",
        "Ahornweg 12",
      ]);
      expect(added.status).toBe(0);
    }
    const { push } = await place.json(["sensor", "receive", "--on", "--port", "28288"]);
    const agent = startCli(["agent", "--json", "--log-level", "debug"], { cwd: place.dir, env: place.env });
    await once(agent.stdout as NodeJS.ReadableStream, "data");
    await until(
      async () =>
        (await place.json(["sensor", "list"])).sensors.some(({ state }: { state: string }) => state === "reading") ||
        undefined,
    );
    const file = join(place.dir, "report.tar.gz");
    await place.run(["doctor", "--bundle", file]);
    const text = unpacked(file);
    agent.kill("SIGTERM");
    await once(agent, "exit");
    expect(text).toContain("logs/agent.log");
    expect(text).toContain('"port": "mqtt://[address]"');
    const planted = [
      "Hannelore",
      "hannelore",
      "Kornblume77",
      "Ahornweg",
      "7654321",
      "broker-login",
      "Our street",
      push.token,
    ];
    for (const secret of planted) expect(text).not.toContain(secret);
  });
});

describe("ways in", () => {
  it("lets devices post when it is told to, and says how", async () => {
    const place = await newPlace();
    expect((await place.run(["sensor", "receive"])).stdout).toContain("Devices may not post.");
    const { push } = await place.json(["sensor", "receive", "--on", "--port", "28287"]);
    expect(push).toMatchObject({ enabled: true, lan: false, port: 28287, token: expect.stringMatching(/^[\w-]{24}$/) });
    expect((await place.json(["sensor", "receive", "--off"])).push).toMatchObject({ enabled: false, token: null });
    expect((await place.run(["sensor", "receive", "--lan"])).status).toBe(2);
  });

  it("names what it cannot find when a port is listened to", async () => {
    const place = await newPlace();
    const result = await place.run(["sensor", "scan", "/dev/ttyUSB77", "--probe"]);
    expect(result.status).toBe(4);
    expect(result.stderr).toContain("SENSING_PORT_MISSING");
    expect((await place.run(["sensor", "scan", "--probe"])).status).toBe(0);
  });

  it("changes a sensor, and says so when nothing is to be changed", async () => {
    const place = await newPlace();
    await place.run(["sensor", "add", "--port", "sim:sds011", "--name", "Balcony"]);
    const { sensors } = await place.json(["sensor", "list"]);
    const { sensor } = await place.json(["sensor", "update", sensors[0].id, "--name", "Roof", "--exposure", "outdoor"]);
    expect(sensor).toMatchObject({ name: "Roof", exposure: "outdoor" });
    expect((await place.run(["sensor", "update", sensors[0].id])).status).toBe(2);
  });
});

describe("a device of one's own", () => {
  const DEVICE = [
    "format: ecolocal-device/1",
    "id: node",
    "title: Greenhouse node",
    "serial: [{ baud: 9600 }]",
    "every_s: 10",
    "frame: { kind: text, line: 'T={t}' }",
    "fields: [{ name: t, quantity: temperature, unit: UNIT }]",
  ].join("\n");

  it("is checked, tells its mistakes by line, and decodes recordings", async () => {
    const dir = temporaryFolder();
    const file = join(dir, "node.yaml");
    writeFileSync(file, DEVICE.replace("UNIT", "parsec"));
    const bad = await runCli(["sensor", "check", file]);
    expect(bad).toMatchObject({ status: 2, stderr: expect.stringContaining("line 7, fields.0.unit: The unit parsec") });
    writeFileSync(file, DEVICE.replace("UNIT", "°C"));
    expect((await runCli(["sensor", "check", file])).stdout).toContain("own:node");
    const decoded = await runCli(["sensor", "decode", file, "-", "--json"], { input: "T=21.5\n" });
    expect(JSON.parse(decoded.stdout.split("\n")[0] ?? "")).toMatchObject({
      readings: [{ quantity: "temperature", value: 21.5 }],
    });
  });
});

describe("readings by hand", () => {
  it("are added, and a counter that goes back is asked about", async () => {
    const place = await newPlace();
    const csv = join(place.dir, "gas.csv");
    writeFileSync(csv, "time,gas\n2026-01-01T00:00:00Z,100.5\n");
    await place.run(["data", "import", csv, "--column", "gas=gas_volume", "--place", "Cellar"]);
    expect((await place.run(["data", "add", "gas_volume", "101,25"])).stdout).toContain("Added 101.25 m³");
    expect(await place.run(["data", "add", "gas_volume", "90"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("does not go back"),
    });
    expect((await place.run(["data", "add", "gas_volume", "90", "--force"])).status).toBe(0);
    expect((await place.run(["data", "add", "gas_volume", "much"])).status).toBe(2);
  });
});

describe("calibration", () => {
  it("compares two channels and makes a corrected one", async () => {
    const place = await newPlace();
    const csv = join(place.dir, "both.csv");
    const rows = Array.from({ length: 20 * 24 }, (_, hour) => {
      const dust = 20 + 12 * Math.sin(hour / 5);
      return `${new Date(Date.now() - (480 - hour) * 3_600_000).toISOString()},${(dust * 1.5 + 2).toFixed(1)},${dust.toFixed(1)}`;
    });
    writeFileSync(csv, `time,a,b\n${rows.join("\n")}\n`);
    await place.run(["data", "import", csv, "--column", "a=pm25", "--place", "Balcony"]);
    const station = ["data", "import", csv, "--column", "b=pm25", "--place", "Station"];
    await place.run(station);
    const args = ["sensor", "calibrate", "pm25@Balcony", "--reference", "pm25@Station", "--since", "30d"];
    const { fit, applied } = await place.json([...args, "--apply"]);
    expect(fit.correction.slope).toBeCloseTo(1 / 1.5, 1);
    expect(applied.name).toBe("corrected:linear@1");
    const text = await place.run(args);
    expect(text.stdout).toContain("meets EPA/600/R-20/280 (2021)");
  });
});

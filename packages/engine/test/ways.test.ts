import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PortListenEvent, ProbeEvent } from "@ecolocal/core/api";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { QUALITY_BITS, writeSds011Frame } from "@ecolocal/core/sensing";
import { createIdSource, createRandom, HOUR_MS } from "@ecolocal/core/shared";
import { createPtyPair } from "@ecolocal/devices/simulator";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

let root: string;
let workspace: ConnectedWorkspace;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-ways-"));
  process.env["ECOLOCAL_DATA_DIR"] = join(root, "data");
  const founded = await createWorkspace(join(root, "own"), { name: "Street", appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  workspace = await connect(true);
});

async function connect(ingest: boolean): Promise<ConnectedWorkspace> {
  const how = { role: "cli", appVersion: "1.0.0", checkOutput: true, ingest } as const;
  const connected = await connectWorkspace(join(root, "own"), how);
  if (!connected.ok) throw new TypeError(connected.error.detail);
  return connected.value;
}

afterEach(async () => {
  await workspace.close();
  rmSync(root, { recursive: true, force: true });
});

const call: ConnectedWorkspace["client"]["call"] = (name, ...rest) => workspace.client.call(name, ...rest);

async function codeOf(answer: Promise<unknown>): Promise<string> {
  return answer.then(
    () => "none",
    (error: unknown) => (isRpcError(error) ? error.failure.code : String(error)),
  );
}

/** Imports hourly columns up to now and gives their channels, in order. */
async function history(
  quantity: "pm25" | "co2",
  columns: readonly string[],
  hours: number,
  valueAt: (hour: number, column: number) => number,
): Promise<string[]> {
  const start = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - hours * HOUR_MS;
  const { importId } = await call("data.importBegin", {
    fileName: "history.csv",
    columns: columns.map((column) => ({ column, target: { quantity, key: column, intervalMs: HOUR_MS } })),
  });
  const rows = Array.from({ length: hours }, (_, hour) => {
    const cells = columns.map((_name, column) => valueAt(hour, column).toFixed(1));
    return [new Date(start + hour * HOUR_MS).toISOString(), ...cells].join(",");
  });
  const text = `${["time", ...columns].join(",")}\n${rows.join("\n")}\n`;
  const progress = await call("data.importChunk", { importId, text, last: true });
  return progress.channels;
}

describe("ways in", () => {
  test("a port is listened to and the device on it named, with the reasons", async () => {
    const pty = await createPtyPair();
    if (!pty.ok) throw new TypeError(pty.error.detail);
    const frame = writeSds011Frame({ pm25UgM3: 12.3, pm10UgM3: 20.4, deviceId: "58D9" });
    const speaking = setInterval(() => void pty.value.send(frame).catch(() => undefined), 50);
    try {
      const events: ProbeEvent[] = [];
      for await (const event of workspace.client.stream("port.probe", { port: pty.value.device })) events.push(event);
      expect(events[0]).toMatchObject({ kind: "step", index: 0, serial: { baudRate: 9600 } });
      expect(events.at(-1)).toMatchObject({
        kind: "report",
        asked: false,
        candidates: [{ driverId: "sds011", confidence: "certain", identity: "58D9" }],
      });
    } finally {
      clearInterval(speaking);
      await pty.value.remove();
    }
  });

  test("an unknown device is heard as it speaks, and the numbers that change are found", async () => {
    const pty = await createPtyPair();
    if (!pty.ok) throw new TypeError(pty.error.detail);
    let count = 0;
    const speaking = setInterval(
      () => void pty.value.send(`fw=3 temp=${20 + (count++ % 9)} x=7\r\n`).catch(() => undefined),
      30,
    );
    const stop = new AbortController();
    const serial = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 } as const;
    const events: PortListenEvent[] = [];
    try {
      const listening = workspace.client.stream(
        "port.listen",
        { port: pty.value.device, serial },
        { signal: stop.signal },
      );
      for await (const event of listening) {
        events.push(event);
        if (event.kind === "fields" && event.linesTotal > 20) break;
      }
    } finally {
      stop.abort();
      clearInterval(speaking);
      await pty.value.remove();
    }
    const bytes = events.find(({ kind }) => kind === "bytes");
    expect(bytes).toMatchObject({ hex: expect.stringMatching(/^[0-9a-f]+$/), text: expect.stringContaining("temp=") });
    expect(events.at(-1)).toMatchObject({
      fields: expect.arrayContaining([
        expect.objectContaining({
          key: "temp",
          varies: true,
          proposal: expect.objectContaining({ quantity: "temperature" }),
        }),
        expect.objectContaining({ key: "fw", varies: false, proposal: null }),
      ]),
    });
    const gone = { port: "/dev/none-such", serial };
    const opened = workspace.client.stream("port.listen", gone)[Symbol.asyncIterator]().next();
    expect(await codeOf(opened)).toBe("SENSING_PORT_MISSING");
  });

  test("a meter that people read is a channel of its own, made once, with readings marked as made by hand", async () => {
    const wish = { quantity: "gas_volume", name: "Main meter", place: "Cellar" } as const;
    const made = await call("channel.add", wish);
    expect(made).toMatchObject({ sensorId: null, quantity: "gas_volume", key: "Main meter", latest: null });
    expect((await call("channel.add", wish)).id).toBe(made.id);
    await call("data.append", { readings: [{ channelId: made.id, at: Date.now(), value: 1234.567 }] });
    const [listed] = (await call("channel.list", {})).filter(({ id }) => id === made.id);
    expect(listed?.latest).toMatchObject({ value: 1234.567, quality: QUALITY_BITS.manual });
  });

  test("devices that post are refused until the endpoint is on, then offered as ports, then read", async () => {
    expect(await call("push.status", {})).toMatchObject({ enabled: false, open: false, token: null });
    const on = await call("push.configure", {
      enabled: true,
      port: 20_000 + Math.floor(createRandom(Date.now())() * 20_000),
    });
    expect(on).toMatchObject({ enabled: true, open: true, problem: null });
    const post = () =>
      fetch(`http://127.0.0.1:${on.port}/push`, {
        method: "POST",
        headers: { authorization: `Bearer ${on.token}` },
        body: JSON.stringify({ esp8266id: 77, sensordatavalues: [{ value_type: "SDS_P2", value: "12.5" }] }),
      }).then(({ status }) => status);
    expect((await call("push.status", {})).token).toBeNull();
    const lan = await call("push.configure", { enabled: true, lan: true, port: on.port });
    expect(lan.addresses.length).toBeGreaterThan(0);
    for (const address of lan.addresses) expect(address).toMatch(/^http:\/\/[\d.]+:\d+\/push$/);
    expect(await post()).toBe(202);
    const ports = await call("port.list", {});
    expect(ports.find(({ path }) => path === "push:esp8266-77")).toMatchObject({ likelyDrivers: ["airrohr"] });
    const sensor = await call("sensor.add", { driverId: "airrohr", port: "push:esp8266-77", name: "Balcony" });
    await expect.poll(post, { timeout: 10_000 }).toBe(200);
    await expect
      .poll(async () => (await call("sensor.get", { sensorId: sensor.id })).channels[0]?.latest?.value, {
        timeout: 10_000,
      })
      .toBe(12.5);
    expect(await call("push.configure", { enabled: false })).toMatchObject({ open: false, token: null });
    expect(await post().catch(() => "refused")).toBe("refused");
  });

  test("says why a sensor may not be seen", async () => {
    const findings = await call("port.diagnose", {});
    expect(findings.length).toBeGreaterThan(0);
    for (const { level, hint } of findings) expect(hint === null).toBe(level === "ok");
  });

  test("a program's output is taken in as it comes, an unfinished end included, and again after a pause", async () => {
    const sensor = await call("sensor.add", { driverId: "rtl433", port: "pipe:rtl433", name: "Radio" });
    const feed = (text: string, last: boolean, sensorId = sensor.id) =>
      call("sensor.feed", { sensorId, bytes: Buffer.from(text).toString("base64"), last });
    const message = (temperature: number) => JSON.stringify({ model: "Nexus-TH", id: 9, temperature_C: temperature });
    expect(await feed(`${message(19)}\n${message(20).slice(0, 12)}`, false)).toMatchObject({ framesOk: 1 });
    expect(await feed(message(20).slice(12), false)).toMatchObject({ framesOk: 0 });
    expect(await feed("", true)).toMatchObject({ framesOk: 1, framesBad: 0 });
    expect((await call("sensor.get", { sensorId: sensor.id })).problem?.code).toBe("SENSING_PORT_ENDED");
    expect(await feed(`${message(21)}\n`, true)).toMatchObject({ framesOk: 1 });
    const other = await call("sensor.add", { driverId: "sds011", port: "sim:sds011", name: "Dust" });
    expect(await codeOf(feed("x", false, other.id))).toBe("SENSING_PORT_TAKEN");
    await call("sensor.remove", { sensorId: sensor.id });
    expect(await codeOf(feed("x", false))).toBe("SENSOR_NOT_FOUND");
  });

  test("a dust sensor is told to rest between measurements, and its values are expected as far apart", async () => {
    const sensor = await call("sensor.add", { driverId: "sds011", port: "sim:sds011?interval=50", name: "Dust" });
    expect(sensor).toMatchObject({ canRest: true, measureEveryMs: null, storeIntervalMs: 10_000 });
    const framesOf = async () => (await call("sensor.get", { sensorId: sensor.id })).counters.framesOk;
    await expect.poll(framesOf, { timeout: 10_000 }).toBeGreaterThan(2);
    const resting = await call("sensor.update", { sensorId: sensor.id, measureEveryMs: 300_000 });
    expect(resting).toMatchObject({ measureEveryMs: 300_000, storeIntervalMs: 300_000 });
    expect(resting.channels.map(({ intervalMs }) => intervalMs)).toEqual([300_000, 300_000]);
    const always = await call("sensor.update", { sensorId: sensor.id, measureEveryMs: 0 });
    expect(always).toMatchObject({ measureEveryMs: 0, storeIntervalMs: 10_000 });
    const co2 = await call("sensor.add", { driverId: "mhz19", port: "sim:mhz19", name: "CO2" });
    const refused = call("sensor.update", { sensorId: co2.id, measureEveryMs: 60_000 });
    expect(await codeOf(refused)).toBe("SENSING_CANNOT_REST");
  });

  test("a CO2 sensor is told about its baseline while reading pauses", async () => {
    const sensor = await call("sensor.add", { driverId: "scd30", port: "sim:scd30?interval=50", name: "Bedroom" });
    const framesOf = async () => (await call("sensor.get", { sensorId: sensor.id })).counters.framesOk;
    const told = await call("sensor.configure", { sensorId: sensor.id, change: { kind: "calibrate", ppm: 450 } });
    expect(told.confirmed).toBe(true);
    expect(told.steps.map(({ sent }) => sent.slice(0, 12))).toEqual(["6106003901c2", "610300390001"]);
    await expect.poll(framesOf, { timeout: 10_000 }).toBeGreaterThan(2);
    const dust = await call("sensor.add", { driverId: "sds011", port: "sim:sds011?seed=3", name: "Dust" });
    const refused = call("sensor.configure", { sensorId: dust.id, change: { kind: "baseline", on: true } });
    expect(await codeOf(refused)).toBe("SENSING_CANNOT_CONFIGURE");
  });

  test("a device that the group described in a file is a driver like any other", async () => {
    mkdirSync(join(root, "own/devices"), { recursive: true });
    writeFileSync(
      join(root, "own/devices/node.yaml"),
      [
        "format: ecolocal-device/1",
        "id: node",
        "title: Greenhouse node",
        "serial: [{ baud: 9600 }]",
        "every_s: 1",
        "frame: { kind: text, line: 'T={t}' }",
        "fields: [{ name: t, quantity: temperature, unit: °C }]",
      ].join("\n"),
    );
    expect((await call("driver.list", {})).find(({ id }) => id === "own:node")).toMatchObject({
      title: "Greenhouse node",
    });
    const pty = await createPtyPair();
    if (!pty.ok) throw new TypeError(pty.error.detail);
    const sensor = await call("sensor.add", { driverId: "own:node", port: pty.value.device, name: "Greenhouse" });
    const speaking = setInterval(() => void pty.value.send("T=21.5\r\n").catch(() => undefined), 100);
    try {
      await expect
        .poll(async () => (await call("sensor.get", { sensorId: sensor.id })).channels[0]?.latest?.value, {
          timeout: 15_000,
        })
        .toBe(21.5);
    } finally {
      clearInterval(speaking);
    }
    await workspace.close();
    // Who only looks, and reads no sensor, knows it too.
    workspace = await connect(false);
    expect(await call("sensor.list", {})).toMatchObject([{ driverTitle: "Greenhouse node", state: "stopped" }]);
    await pty.value.remove();
  });
});

describe("calibration", () => {
  const random = createRandom(5);
  const dust = (hour: number): number => 20 + 12 * Math.sin(hour / 5) + 5 * Math.sin(hour / 31);

  test("compares a sensor with a reference, makes a corrected channel beside the raw one, and keeps it up to date", async () => {
    const [channelId = "", referenceId = ""] = await history("pm25", ["ours", "station"], 30 * 24, (hour, column) =>
      column === 0 ? dust(hour) * 1.8 + 4 + random() : dust(hour),
    );
    const span = { from: Date.now() - 40 * 24 * HOUR_MS, to: Date.now() };
    const fit = await call("calibration.fit", { channelId, referenceId, ...span, method: "linear" });
    expect(fit.correction).toMatchObject({ method: "linear", slope: expect.closeTo(1 / 1.8, 1) });
    expect(fit.rawVerdict?.met).toBe(false);
    expect(fit.correctedVerdict?.met).toBe(true);
    expect(fit.pairs).toHaveLength(fit.n);
    const { correction, expiresAt } = fit;
    const applied = await call("calibration.apply", { channelId, correction, expiresAt });
    expect(applied).toMatchObject({ sourceId: channelId, name: "corrected:linear@1", unvalidated: false });
    expect(await call("calibration.list", {})).toEqual([applied]);
    const channels = await call("channel.list", {});
    const derived = channels.find(({ id }) => id === applied.channelId);
    const raw = channels.find(({ id }) => id === channelId);
    expect(derived?.latest?.value).toBeCloseTo((raw?.latest?.value ?? 0) / 1.8 - 2.4, 0);
    expect(await codeOf(call("calibration.apply", { channelId: applied.channelId, correction }))).toBe(
      "CALIBRATION_REFUSED",
    );
    await call("calibration.remove", { channelId: applied.channelId });
    expect(await call("calibration.list", {})).toEqual([]);
  });

  test("says what is wrong with the readings of a channel, in stretches", async () => {
    const [channelId = ""] = await history("pm25", ["dust"], 48, (hour) => (hour >= 20 && hour < 26 ? 15 : dust(hour)));
    const stretches = await call("calibration.review", { channelId, from: 0, to: Date.now() });
    expect(stretches).toEqual([{ flag: "stuck", from: expect.any(Number), to: expect.any(Number), readings: 6 }]);
  });

  test("refuses to compare things that differ, or too little of them", async () => {
    const [pm = "", other = ""] = await history("pm25", ["a", "b"], 10, dust);
    const [co2 = ""] = await history("co2", ["c"], 10, () => 500);
    const wish = { from: 0, to: Date.now(), method: "linear" } as const;
    expect(await codeOf(call("calibration.fit", { channelId: pm, referenceId: co2, ...wish }))).toBe(
      "CALIBRATION_MISMATCH",
    );
    expect(await codeOf(call("calibration.fit", { channelId: pm, referenceId: other, ...wish }))).toBe(
      "CALIBRATION_TOO_SHORT",
    );
  });

  test("refuses the EPA correction without humidity from the same box", async () => {
    const [channelId = ""] = await history("pm25", ["dust"], 48, dust);
    expect((await call("calibration.options", { channelId })).epa).toMatchObject({ kind: "refused", method: null });
    const correction = { method: "epa-pm25-piecewise", version: 2023 } as const;
    const wish = { channelId, correction, acceptUnvalidated: true };
    expect(await codeOf(call("calibration.apply", wish))).toBe("CALIBRATION_REFUSED");
  });

  test("finds by how much a CO₂ sensor is off from the days on which the room was aired", async () => {
    const [channelId = ""] = await history(
      "co2",
      ["room"],
      20 * 24,
      (hour) => 480 + 500 * Math.abs(Math.sin((hour / 24) * Math.PI)),
    );
    const { co2 } = await call("calibration.options", { channelId });
    expect(co2).toMatchObject({ problem: null, lowestPpm: expect.closeTo(480, -1) });
    const correction = { method: "co2-baseline", version: 1, offsetPpm: co2?.offsetPpm ?? 0 } as const;
    expect(await call("calibration.apply", { channelId, correction })).toMatchObject({
      name: "corrected:co2-baseline@1",
    });
  });

  test("knows no channel by a wrong id", async () => {
    const channelId = createIdSource({ now: () => Date.now() }, Math.random).next();
    expect(await codeOf(call("calibration.options", { channelId }))).toBe("CHANNEL_NOT_FOUND");
    expect(await codeOf(call("calibration.remove", { channelId }))).toBe("CHANNEL_NOT_FOUND");
  });
});

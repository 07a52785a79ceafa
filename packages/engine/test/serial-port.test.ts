import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { SensorView } from "@ecolocal/core/api";
import { writeSds011Frame } from "@ecolocal/core/sensing";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { createPtyPair, type PtyPair } from "@ecolocal/devices/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace } from "../src/workspace/index.ts";

let workspace: TempWorkspace;
let connected: ConnectedWorkspace;
let pair: PtyPair | undefined;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ecolocal-serial-"));
  workspace = createTempWorkspace();
  const opened = await connectWorkspace(workspace.dir, { role: "app", appVersion: "1.0.0", checkOutput: true });
  if (!opened.ok) throw new TypeError(opened.error.detail);
  connected = opened.value;
});
afterEach(async () => {
  await connected.close();
  await pair?.remove();
  pair = undefined;
  workspace.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function until(found: () => Promise<boolean>) {
  while (!(await found())) await delay(25);
}

describe("a sensor on a serial port", () => {
  it("is read, noticed when it is unplugged, and read again when it is back", async (context) => {
    const made = await createPtyPair();
    if (!made.ok) return context.skip(`no pseudo-terminals: ${made.error.detail}`);
    pair = made.value;
    const { client } = connected;
    const sensor = await client.call("sensor.add", {
      driverId: "sds011",
      port: pair.device,
      name: "Balcony",
      exposure: "outdoor",
      storeIntervalMs: 1000,
    });
    const look = (): Promise<SensorView> => client.call("sensor.get", { sensorId: sensor.id });
    const speak = async (pm25UgM3: number) => pair?.send(writeSds011Frame({ pm25UgM3, pm10UgM3: 20 }));
    const reads = async (pm25UgM3: number) => {
      await until(async () => {
        await speak(pm25UgM3);
        return (await look()).state === "reading";
      });
    };
    await reads(12.5);
    await until(async () => (await client.call("workspace.status", {})).counts.readings >= 2);
    expect((await look()).channels.find(({ quantity }) => quantity === "pm25")?.latest?.value).toBe(12.5);

    await pair.unplug();
    await until(async () => ["disconnected", "waiting"].includes((await look()).state));
    expect((await look()).problem?.code).toMatch(/^SENSING_PORT_(LOST|MISSING)$/);
    await pair.plugIn();
    await reads(14);
    expect((await look()).counters.reconnects).toBeGreaterThan(0);
  });

  it("that is not there is named with the one thing to do, while the others go on", async () => {
    const { client } = connected;
    await client.call("sensor.add", { driverId: "sds011", port: join(folder, "none"), name: "Away" });
    await client.call("sensor.add", { driverId: "sds011", port: "sim:sds011?interval=50", name: "Here" });
    const states = async () =>
      (await client.call("sensor.list", {})).map(({ state, problem }) => [state, problem?.code]);
    await until(async () => (await states())[1]?.[0] === "reading");
    await until(async () => (await states())[0]?.[1] === "SENSING_PORT_MISSING");
  });
});

import { describe, expect, test } from "vitest";
import { createManualTime } from "../time/index.ts";
import { createDeviceFinder } from "./device-finder.ts";
import type { RawPort } from "./raw-port.ts";

const ch340 = (path: string, location: string): RawPort => ({
  path,
  location,
  usbId: "1a86:7523",
  serialNumber: null,
  stablePath: null,
  manufacturer: null,
  product: null,
});

function follow(deviceIdentity: string | null) {
  const time = createManualTime(1_700_000_000_000);
  const world = { ports: [] as RawPort[], voices: new Map<string, string>(), listened: [] as string[] };
  const port = ch340("/dev/ttyUSB0", "1-1:1.0");
  const finder = createDeviceFinder({
    known: { driverId: "sds011", path: port.path, port, deviceIdentity },
    clock: time,
    isTaken: () => false,
    lister: { list: async () => world.ports },
    hearIdentity: async (path) => {
      world.listened.push(path);
      return world.voices.get(path) ?? null;
    },
  });
  return { finder, world, time, port };
}

describe("following a sensor from port to port", () => {
  test("goes where the sensor went", async () => {
    const { finder, world, port } = follow("58D9");
    world.ports = [port];
    expect(await finder.locate()).toBe("/dev/ttyUSB0");
    world.ports = [ch340("/dev/ttyUSB1", "1-4:1.0")];
    world.voices.set("/dev/ttyUSB1", "58D9");
    expect(await finder.locate()).toBe("/dev/ttyUSB1");
    expect(finder.place).toMatchObject({ by: "device" });
  });

  test("after two twins were swapped, finds each by its name and mixes nothing", async () => {
    const { finder, world, port } = follow("58D9");
    world.ports = [port, ch340("/dev/ttyUSB1", "1-2:1.0")];
    world.voices.set("/dev/ttyUSB1", "58D9");
    expect(await finder.locate()).toBe("/dev/ttyUSB0");
    finder.refute("/dev/ttyUSB0");
    expect(await finder.locate()).toBe("/dev/ttyUSB1");
  });

  test("opens a port of a silent device once, not at every look", async () => {
    const { finder, world, time } = follow("58D9");
    world.ports = [ch340("/dev/ttyUSB1", "1-4:1.0")];
    for (let i = 0; i < 20; i++) expect(await finder.locate()).toBeNull();
    expect(world.listened).toHaveLength(1);
    time.advance(5 * 60_000);
    await finder.locate();
    expect(world.listened).toHaveLength(2);
  });

  test("listens anew to a port that was away in between", async () => {
    const { finder, world } = follow("58D9");
    const other = ch340("/dev/ttyUSB1", "1-4:1.0");
    world.ports = [other];
    await finder.locate();
    world.ports = [];
    await finder.locate();
    world.ports = [other];
    world.voices.set(other.path, "58D9");
    expect(await finder.locate()).toBe(other.path);
  });

  test("leaves the choice to a person where the sensor has no name", async () => {
    const { finder, world } = follow(null);
    world.ports = [ch340("/dev/ttyUSB1", "1-4:1.0")];
    expect(await finder.locate()).toBeNull();
    expect(finder.place).toEqual({ kind: "ask", candidates: ["/dev/ttyUSB1"] });
  });
});

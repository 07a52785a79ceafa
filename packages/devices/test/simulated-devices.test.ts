import { DRIVERS, type DriverSpec } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSession, type DeviceSession } from "../src/session/index.ts";
import {
  createPtyPair,
  createSimulator,
  type FaultRates,
  type PtyPair,
  ptySink,
  type Simulator,
} from "../src/simulator/index.ts";
import { createManualTime } from "../src/time/index.ts";
import { createReplayTransport, serialTransport } from "../src/transport/index.ts";
import { until } from "./until.ts";

const CLOCK = { now: () => Date.now() };
const MAPPING = [{ key: "temp", quantity: "temperature", unit: "C" }] as const;

let pty: PtyPair;
let session: DeviceSession | null = null;
let simulator: Simulator | null = null;

beforeEach(async () => {
  const made = await createPtyPair();
  if (!made.ok) throw new TypeError(made.error.detail);
  pty = made.value;
});

afterEach(async () => {
  simulator?.stop();
  await session?.stop();
  await pty.remove();
});

async function read(driver: DriverSpec): Promise<DeviceSession> {
  const reader = createSession({
    driver,
    path: pty.device,
    transport: serialTransport,
    clock: CLOCK,
    decoderOptions: { mapping: MAPPING },
  });
  session = reader;
  reader.start();
  await until(() => reader.state.name === "listening", "the port is open");
  return reader;
}

function simulate(driver: DriverSpec, faults: FaultRates = {}): void {
  const made = createSimulator({
    driver,
    sink: ptySink(pty),
    random: createRandom(5),
    clock: CLOCK,
    intervalMs: 20,
    faults,
  });
  if (!made.ok) throw new TypeError(made.error.detail);
  simulator = made.value;
  made.value.start();
}

describe("simulated devices on a real port", () => {
  test.each(DRIVERS)("$id is read from a port, without one bad byte", async (driver) => {
    const reader = await read(driver);
    const readings = new Set<string>();
    reader.on("frame", ({ frame }) => {
      for (const reading of frame.readings) readings.add(reading.quantity);
    });
    simulate(driver);
    await until(() => reader.counters.framesOk >= 5, "five frames are read");
    expect(reader.counters).toMatchObject({ framesBad: 0, bytesDiscarded: 0 });
    expect(readings.size).toBeGreaterThan(0);
  });

  test.each(DRIVERS)("$id is read on through noise, losses and cut frames", async (driver) => {
    const reader = await read(driver);
    simulate(driver, { drop: 0.1, corrupt: 0.2, split: 0.3, garbage: 0.2 });
    await until(
      () => reader.counters.framesOk >= 10 && reader.counters.framesBad > 0,
      "good and bad frames are told apart",
    );
    expect(reader.state.name).toBe("reading");
  });

  test("comes back by itself after it was pulled out, again and again", async () => {
    const [driver] = DRIVERS as [DriverSpec];
    const reader = await read(driver);
    const sink = ptySink(pty);
    const made = createSimulator({ driver, sink, random: createRandom(5), clock: CLOCK, intervalMs: 50 });
    if (!made.ok) throw new TypeError(made.error.detail);
    simulator = made.value;
    made.value.start();
    for (const pulls of [1, 2]) {
      const before = reader.counters.framesOk;
      await until(() => reader.counters.framesOk > before, "it is read");
      sink.unplug?.(100);
      await until(() => reader.counters.reconnects === pulls, "it is open again");
    }
  });

  test("simulates the same bytes for the same seed and times", () => {
    const record = (): number[] => {
      const time = createManualTime(Date.UTC(2026, 10, 25));
      const bytes: number[] = [];
      const made = createSimulator({
        driver: DRIVERS[0]!,
        sink: { write: (chunk) => bytes.push(...chunk) },
        random: createRandom(9),
        clock: time,
        scheduler: time,
        faults: { drop: 0.2, corrupt: 0.2, split: 0.2, duplicate: 0.2, garbage: 0.2, stall: 0.1, unplug: 0.1 },
      });
      if (made.ok) made.value.start();
      time.advance(120_000);
      return bytes;
    };
    expect(record()).toEqual(record());
    expect(record().length).toBeGreaterThan(500);
  });
});

describe("a reader whose transport is a replay", () => {
  test("needs no port at all", async () => {
    const time = createManualTime();
    const [driver] = DRIVERS as [DriverSpec];
    const transport = createReplayTransport({ chunks: [{ afterMs: 10, bytes: Uint8Array.of(0xaa) }], scheduler: time });
    session = createSession({ driver, path: "anywhere", transport, clock: time, scheduler: time });
    session.start();
    await until(() => session?.state.name === "listening", "the replay is open");
    time.advance(10);
    expect(session.counters.bytesReceived).toBe(1);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { constants, type FileHandle, open } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type AcceptedFrame,
  createDeviceSimulator,
  DRIVERS,
  type DriverSpec,
  driverById,
} from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSession, type DeviceSession } from "../src/session/index.ts";
import { createPtyPair, type PtyPair } from "../src/simulator/index.ts";
import { serialTransport } from "../src/transport/index.ts";
import { until } from "./until.ts";

const CHUNKINGS = [1, 7, 64, 4096, "random"] as const;
const CAPTURES = resolve(process.env["CAPTURES_DIR"] ?? join(import.meta.dirname, "../../../../shared/captures"));
const CAPTURED = [
  ["sds011", "sds011/sds011_resync_stream.bin"],
  ["airrohr", "serial-lines/airrohr_usb_csv.txt"],
  ["lines", "serial-lines/arduino_mixed_styles.txt"],
  ["dsmr", "dsmr/midstream_start.txt"],
] as const;

let pty: PtyPair;
let far: FileHandle;
let session: DeviceSession | null = null;

beforeEach(async () => {
  const made = await createPtyPair();
  if (!made.ok) throw new TypeError(made.error.detail);
  pty = made.value;
  far = await open(pty.far, constants.O_WRONLY | constants.O_NOCTTY);
});

afterEach(async () => {
  await session?.stop();
  await far.close();
  await pty.remove();
});

/** Three frames of a device, with noise between them where the protocol has checksums. */
function simulatedBytes(driver: DriverSpec): Uint8Array {
  const device = createDeviceSimulator(driver.id, { random: createRandom(3) });
  if (device === undefined) throw new TypeError(`There is no simulated ${driver.id}.`);
  const noise = driver.firstFrameMayBeCut === true ? [] : [0xff, 0xaa, 0xc0, 0x2f, 0x41];
  const frames = [0, 1, 2].flatMap((i) => [...device.frame(Date.UTC(2026, 10, 25, i)), ...noise]);
  return Uint8Array.from([...device.boot(), ...frames]);
}

/** The streams each driver is fed: simulated ones, and captured ones where they are at hand. */
function streams(): (readonly [name: string, driver: DriverSpec, bytes: Uint8Array])[] {
  const simulated = DRIVERS.map((driver) => [`simulated ${driver.id}`, driver, simulatedBytes(driver)] as const);
  const captured = CAPTURED.flatMap(([id, file]) => {
    const driver = driverById(id);
    const path = join(CAPTURES, file);
    return driver !== undefined && existsSync(path)
      ? [[file, driver, new Uint8Array(readFileSync(path))] as const]
      : [];
  });
  return [...simulated, ...captured];
}

/** What a session must hand on: the frames of the whole stream, without a first line that may be cut. */
function expectedFrames(driver: DriverSpec, bytes: Uint8Array): AcceptedFrame[] {
  const frames = driver
    .createDecoder()
    .push(bytes)
    .filter((event) => event.kind === "frame");
  return frames.filter(({ offset }) => driver.firstFrameMayBeCut !== true || offset > 0);
}

async function send(bytes: Uint8Array, chunking: (typeof CHUNKINGS)[number]): Promise<void> {
  const random = createRandom(11);
  for (let at = 0, length = 0; at < bytes.length; at += length) {
    length = chunking === "random" ? 1 + Math.floor(random() * 300) : chunking;
    await far.write(bytes.subarray(at, at + length));
  }
}

describe("a stream read from a port", () => {
  describe.each(streams())("%s", (_, driver, bytes) => {
    test.each(CHUNKINGS)("gives the same frames in chunks of %s", async (chunking) => {
      // A busy machine may pause between two chunks; here only their lengths are to matter.
      const patient = { ...driver, interByteTimeoutMs: 600_000 };
      const clock = { now: () => Date.now() };
      const reader = createSession({ driver: patient, path: pty.device, transport: serialTransport, clock });
      session = reader;
      const frames: AcceptedFrame[] = [];
      reader.on("frame", ({ frame }) => frames.push(frame));
      reader.start();
      await until(() => reader.state.name === "listening", "the port is open");
      await send(bytes, chunking);
      await until(() => reader.counters.bytesReceived === bytes.length, "every byte has arrived");
      expect(frames).toEqual(expectedFrames(driver, bytes));
      expect(frames.length).toBeGreaterThan(0);
    });
  });
});

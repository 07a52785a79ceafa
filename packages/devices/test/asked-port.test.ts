import { constants, createReadStream, type ReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type AcceptedFrame, createDeviceSimulator } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDriverSession } from "../src/drivers/index.ts";
import type { DeviceSession } from "../src/session/index.ts";
import { createPtyPair, type PtyPair } from "../src/simulator/index.ts";
import { serialTransport } from "../src/transport/index.ts";
import { until } from "./until.ts";

let pty: PtyPair;
let far: FileHandle;
let heard: ReadStream;
let session: DeviceSession | null = null;

beforeEach(async () => {
  const made = await createPtyPair();
  if (!made.ok) throw new TypeError(made.error.detail);
  pty = made.value;
  far = await open(pty.far, constants.O_WRONLY | constants.O_NOCTTY);
});

afterEach(async () => {
  await session?.stop();
  session = null;
  heard.destroy();
  await far.close();
  await pty.remove();
});

/** Plays a device at the far end of the port: what it is asked, it answers. */
function playDevice(driverId: string): void {
  const device = createDeviceSimulator(driverId, { random: createRandom(1) });
  heard = createReadStream(pty.far, { flags: "r" });
  // A line that ends is an error of the stream, and the end of every test.
  heard.on("error", () => undefined);
  heard.on("data", (chunk) => {
    const answer = device?.answer?.(new Uint8Array(Buffer.from(chunk)), Date.now());
    if (answer) void far.write(answer);
  });
}

async function readFirst(driverId: string, variant?: string): Promise<AcceptedFrame> {
  playDevice(driverId);
  const decoderOptions = variant === undefined ? {} : { decoderOptions: { variant } };
  const clock = { now: () => Date.now() };
  const made = createDriverSession({
    driverId,
    path: pty.device,
    transport: serialTransport,
    clock,
    ...decoderOptions,
  });
  if (!made.ok) throw new TypeError(made.error.detail);
  session = made.value;
  const frames: AcceptedFrame[] = [];
  made.value.on("frame", ({ frame }) => frames.push(frame));
  made.value.start();
  await until(() => frames.length > 0, "the device has answered");
  expect(made.value.counters).toMatchObject({ framesBad: 0, bytesDiscarded: 0 });
  return frames[0] as AcceptedFrame;
}

describe("devices that must be asked, on a real port", () => {
  test("an MH-Z19 answers", async () => {
    expect((await readFirst("mhz19")).readings).toMatchObject([{ quantity: "co2", quality: ["warming_up"] }]);
  });

  test("an SPS30 says who it is and measures", async () => {
    expect(await readFirst("sps30")).toMatchObject({ identity: "ECO0123456789ABC" });
  });

  test("a Modbus meter gives its serial number and its first block", async () => {
    expect(await readFirst("modbus-meter", "sdm120")).toMatchObject({ identity: "12345678" });
  });

  test("an infrared meter is read after a change of speed", async () => {
    expect(await readFirst("iec62056", "pull")).toMatchObject({ identity: "12345678" });
  });
});

import { type AcceptedFrame, createDeviceSimulator, type DeviceSimulator } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDriverSession } from "../src/drivers/index.ts";
import type { DeviceSession } from "../src/session/index.ts";
import { createPtyPair, type PtyPair } from "../src/simulator/index.ts";
import { type OpenTransport, serialTransport } from "../src/transport/index.ts";
import { until } from "./until.ts";

/** Devices take a moment, and change their own speed in it. */
const ANSWERS_AFTER_MS = 300;

let pty: PtyPair;
let far: OpenTransport | null = null;
let session: DeviceSession | null = null;

beforeEach(async () => {
  const made = await createPtyPair();
  if (!made.ok) throw new TypeError(made.error.detail);
  pty = made.value;
});

afterEach(async () => {
  await session?.stop();
  session = null;
  await far?.close();
  await pty.remove();
});

/** Plays a device at the far end of the port: what it is asked, it answers. */
async function playDevice(driverId: string): Promise<DeviceSimulator | undefined> {
  const device = createDeviceSimulator(driverId, { random: createRandom(1) });
  const serial = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 } as const;
  let own: OpenTransport | null = null;
  const answer = (request: Uint8Array): void => {
    const bytes = device?.answer?.(request, Date.now());
    // On its own line: by then the next test may have begun.
    if (bytes) setTimeout(() => void own?.write(bytes), ANSWERS_AFTER_MS);
  };
  const opened = await serialTransport.open(
    { path: pty.far, serial, raiseLines: false },
    { onData: answer, onClosed: () => undefined },
  );
  if (!opened.ok) throw new TypeError(opened.error.detail);
  own = opened.value;
  far = own;
  return device;
}

async function readFirst(driverId: string, variant?: string): Promise<AcceptedFrame> {
  await playDevice(driverId);
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

  test("an infrared meter is read after a change of speed, at the latest when it is asked again", async () => {
    expect(await readFirst("iec62056", "pull")).toMatchObject({ identity: "12345678" });
  });

  test("an SDS011 is given its working period, and says a result when it has measured", async () => {
    const device = await playDevice("sds011");
    const clock = { now: () => Date.now() };
    const poll = { measureEveryMs: 120_000 };
    const made = createDriverSession({
      driverId: "sds011",
      path: pty.device,
      transport: serialTransport,
      clock,
      poll,
    });
    if (!made.ok) throw new TypeError(made.error.detail);
    session = made.value;
    const resting = (): boolean => device?.frame(Date.now()).length === 0;
    expect(resting()).toBe(false);
    made.value.start();
    await until(resting, "the sensor rests between its measurements");
    expect(device?.frame(Date.now() + 31_000)).toHaveLength(10);
    expect(device?.frame(Date.now() + 32_000)).toHaveLength(0);
  });
});

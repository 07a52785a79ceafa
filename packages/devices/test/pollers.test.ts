import { createDeviceSimulator, type DeviceSimulator, driverById } from "@ecolocal/core/sensing";
import { type Clock, createRandom, ok } from "@ecolocal/core/shared";
import { afterEach, describe, expect, test } from "vitest";
import { createDriverSession, type PollSettings, pollerFor } from "../src/drivers/index.ts";
import type { DeviceSession, SessionEvents } from "../src/session/index.ts";
import { createManualTime } from "../src/time/index.ts";
import type { Transport } from "../src/transport/index.ts";
import { type AskedDevice, createAskedDevice } from "./asked-device.ts";

type FrameEvent = SessionEvents["frame"];

let session: DeviceSession | null = null;

afterEach(async () => {
  await session?.stop();
  session = null;
});

interface Bench {
  readonly line: AskedDevice;
  readonly time: Clock;
  readonly frames: FrameEvent[];
  readonly session: DeviceSession;
  /** Lets time pass in steps, with a pause for writes between them. */
  pass(durationMs: number, stepMs?: number): Promise<void>;
  texts(): string[];
}

async function read(
  driverId: string,
  poll: PollSettings = {},
  prepare?: (line: AskedDevice) => void,
  given?: DeviceSimulator,
): Promise<Bench> {
  const time = createManualTime(Date.UTC(2026, 10, 25));
  const named = poll.variant === undefined ? {} : { variant: poll.variant };
  const device = given ?? createDeviceSimulator(driverId, { random: createRandom(1), ...named });
  const line = createAskedDevice({ device: device ?? {}, time });
  prepare?.(line);
  const made = createDriverSession({
    driverId,
    path: "line",
    transport: line,
    clock: time,
    scheduler: time,
    poll,
    decoderOptions: named,
  });
  if (!made.ok) throw new TypeError(made.error.detail);
  session = made.value;
  const frames: FrameEvent[] = [];
  made.value.on("frame", (event) => frames.push(event));
  made.value.start();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await settle();
  return {
    line,
    time,
    frames,
    session: made.value,
    async pass(durationMs, stepMs = 10) {
      for (let passed = 0; passed < durationMs; passed += stepMs) {
        time.advance(stepMs);
        await settle();
      }
    },
    texts: () =>
      frames.map(({ frame }) =>
        frame.readings.map(({ quantity, quality }) => [quantity, ...quality].join("!")).join(" "),
      ),
  };
}

describe("devices that must be asked", () => {
  test("an MH-Z19 is asked every ten seconds, and warms up for three minutes", async () => {
    const { line, frames, pass, texts } = await read("mhz19");
    await pass(200_000, 50);
    expect(new Set(line.written)).toEqual(new Set(["ff0186000000000079"]));
    expect(frames).toHaveLength(20);
    expect(new Set(texts().slice(0, 18))).toEqual(new Set(["co2!warming_up"]));
    expect(texts().slice(18)).toEqual(["co2", "co2"]);
  });

  test("a SenseAir gives its serial number, and every reading is its own", async () => {
    const { line, frames, pass } = await read("senseair");
    await pass(25_000);
    expect(line.written.slice(0, 2)).toEqual(["fe04001d0002f5c2", "fe0400000004e5c6"]);
    expect(frames).toHaveLength(3);
    expect(frames.every(({ frame }) => frame.identity === "01234567")).toBe(true);
  });

  test("a K30 refuses to tell a serial number, and is read without one", async () => {
    const { line, frames, pass, texts } = await read("senseair", { variant: "k30" });
    await pass(15_000);
    expect(line.written.slice(0, 3)).toEqual(["fe04001d0002f5c2", "fe0400000004e5c6", "fe0400000004e5c6"]);
    expect(texts()).toEqual(["co2", "co2"]);
    expect(frames.map(({ frame }) => frame.identity)).toEqual([undefined, undefined]);
  });

  test("a device that does not answer is woken, asked three times and then left for this round", async () => {
    const { line, frames, pass } = await read("senseair", {}, (each) => {
      each.deaf = true;
    });
    await pass(4000);
    expect(line.written).toEqual([
      ...["fe04001d0002f5c2", "00", "fe04001d0002f5c2", "00", "fe04001d0002f5c2"],
      ...["fe0400000004e5c6", "00", "fe0400000004e5c6", "00", "fe0400000004e5c6"],
    ]);
    line.deaf = false;
    await pass(7000);
    expect(frames).toHaveLength(1);
  });

  test("an SCD30 is started only when nothing is measured, and its first two values are warming up", async () => {
    const { line, pass, texts } = await read("scd30");
    await pass(45_000);
    expect(line.written.every((hex) => hex === "6103002800064c60")).toBe(true);
    expect(texts().map((text) => text.includes("warming_up"))).toEqual([true, true, false, false, false]);
    line.deaf = true;
    await pass(34_000);
    line.deaf = false;
    await pass(10_000);
    expect(line.written).toContain("6106003600006064");
  });

  test("an SPS30 is woken, started, read every second, started again after a power cut and stopped at the end", async () => {
    const { line, frames, pass, texts } = await read("sps30");
    await pass(32_000);
    expect(line.written.slice(0, 3)).toEqual(["ff7e007d3100ee7e", "7e00d001032b7e", "7e0000020103f97e"]);
    expect(frames.length).toBeGreaterThanOrEqual(31);
    expect(texts()[0]).toContain("warming_up");
    expect(texts().at(-1)).not.toContain("warming_up");
    expect(frames.at(-1)?.frame.identity).toBe("ECO0123456789ABC");
    line.deaf = true;
    await pass(5000);
    line.deaf = false;
    await pass(2000);
    expect(line.written.filter((hex) => hex === "7e0000020103f97e").length).toBeGreaterThan(1);
    await session?.stop();
    expect(line.written.at(-1)).toBe("7e000100fe7e");
  });

  test("a Modbus meter is asked for its serial number and its blocks, on a line that echoes too", async () => {
    for (const echoes of [false, true]) {
      const { line, frames, pass } = await read("modbus-meter", { variant: "sdm120" }, (each) => {
        each.echoes = echoes;
      });
      await pass(11_000);
      expect(line.written.slice(0, 3).map((hex) => hex.slice(0, 12))).toEqual([
        "0103fc000002",
        "010400000026",
        "01040046000a",
      ]);
      expect(frames).toHaveLength(4);
      expect(frames.every(({ frame }) => frame.identity === "12345678")).toBe(true);
      const quantities = frames.slice(0, 2).flatMap(({ frame }) => frame.readings.map(({ quantity }) => quantity));
      expect(quantities).toContain("voltage");
      expect(quantities).toContain("energy_import");
      await session?.stop();
    }
  });

  test("a meter is only ever read, never written to", async () => {
    const { line, pass } = await read("modbus-meter", { variant: "ddsu666@7" });
    await pass(60_000);
    expect(line.written.length).toBeGreaterThan(6);
    for (const hex of line.written) expect(hex.slice(0, 4)).toBe("0703");
  });

  test("a meter with an infrared head is asked slowly and read at the speed it offers", async () => {
    const { line, frames, pass } = await read("iec62056", { variant: "pull", intervalMs: 60_000 });
    await pass(2000);
    expect(line.written).toEqual(["2f3f210d0a", "063035300d0a"]);
    expect(line.speeds.slice(-2)).toEqual([300, 9600]);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.frame.identity).toBe("12345678");
    await pass(60_000, 50);
    expect(frames).toHaveLength(2);
    expect(line.speeds.slice(-2)).toEqual([300, 9600]);
  });

  test("a readout whose block check does not hold is thrown away and asked for again at 300 baud", async () => {
    const meter = createDeviceSimulator("iec62056", { random: createRandom(1) });
    let damaged = 1;
    const answer = (request: Uint8Array, at: number): Uint8Array | null => {
      const said = meter?.answer?.(request, at) ?? null;
      if (said === null || request[0] !== 0x06 || damaged === 0) return said;
      damaged -= 1;
      return said.with(30, (said[30] ?? 0) ^ 0x01);
    };
    const settings = { variant: "pull", intervalMs: 60_000 };
    const {
      line,
      frames,
      pass,
      session: reader,
    } = await read("iec62056", settings, undefined, {
      boot: () => new Uint8Array(),
      frame: () => new Uint8Array(),
      answer,
    });
    await pass(14_000, 20);
    expect(line.written).toEqual(["2f3f210d0a", "063035300d0a", "2f3f210d0a", "063035300d0a"]);
    expect(line.speeds.slice(1)).toEqual([300, 9600, 300, 9600]);
    expect(frames).toHaveLength(1);
    expect(reader.counters.framesBad).toBe(1);
  });

  test("an infrared meter that does not answer is asked three times, and then only after the interval", async () => {
    const { line, pass } = await read("iec62056", { variant: "pull", intervalMs: 60_000 }, (each) => {
      each.deaf = true;
    });
    await pass(50_000, 100);
    expect(line.written).toEqual(Array(3).fill("2f3f210d0a"));
    line.deaf = false;
    await pass(40_000, 100);
    expect(line.written.at(-1)).toBe("063035300d0a");
  });

  test("a battery meter is woken with NUL first", async () => {
    const { line, pass } = await read("iec62056", { variant: "pull-wake" });
    await pass(3000);
    expect(line.written[0]).toBe("00".repeat(66));
    expect(line.written[1]).toBe("2f3f210d0a");
  });

  test("a recording is not asked, and nothing in it is called warming up", async () => {
    const time = createManualTime();
    const device = createDeviceSimulator("mhz19", { random: createRandom(1) });
    const bytes = device?.frame(0) ?? new Uint8Array();
    const recording: Transport = {
      async open(_, listener) {
        time.after(10, () => listener.onData(bytes));
        return ok({ startsWhole: true, write: async () => ok(undefined), close: async () => undefined });
      },
    };
    const made = createDriverSession({
      driverId: "mhz19",
      path: "f",
      transport: recording,
      clock: time,
      scheduler: time,
    });
    if (!made.ok) throw new TypeError(made.error.detail);
    session = made.value;
    const flags: string[] = [];
    made.value.on("frame", ({ frame }) => flags.push(...frame.readings.flatMap(({ quality }) => quality)));
    made.value.start();
    await new Promise((resolve) => setImmediate(resolve));
    time.advance(20);
    expect(made.value.counters.framesOk).toBe(1);
    expect(flags).toEqual([]);
  });

  test("an SDS011 is woken, asked for its working period, told the wanted one, and not again after that", async () => {
    const device = createDeviceSimulator("sds011", { random: createRandom(1) });
    const first = await read("sds011", { measureEveryMs: 300_000 }, undefined, device);
    await first.pass(4000, 50);
    expect(first.line.written.map((hex) => hex.slice(4, 10))).toEqual(["060101", "080000", "080105"]);
    await session?.stop();
    const second = await read("sds011", { measureEveryMs: 300_000 }, undefined, device);
    await second.pass(4000, 50);
    expect(second.line.written.map((hex) => hex.slice(4, 10))).toEqual(["060101", "080000"]);
    await session?.stop();
    const always = await read("sds011", { measureEveryMs: 0 }, undefined, device);
    await always.pass(4000, 50);
    expect(always.line.written.map((hex) => hex.slice(4, 10))).toEqual(["060101", "080000", "080100"]);
  });

  test("an SDS011 is warming up for 30 s after it was woken, and is missed only after two periods", async () => {
    const device = createDeviceSimulator("sds011", { random: createRandom(1) });
    const {
      line,
      time,
      pass,
      texts,
      session: reader,
    } = await read("sds011", { measureEveryMs: 60_000 }, undefined, device);
    const sayUntil = async (seconds: number): Promise<void> => {
      for (let second = 0; second < seconds; second++) {
        await pass(1000, 500);
        line.say(device?.frame(time.now()) ?? new Uint8Array());
      }
    };
    await sayUntil(200);
    // One by itself before it had its period, then one a minute.
    expect(texts()[0]).toContain("warming_up");
    const steady = texts().filter((text) => !text.includes("warming_up"));
    expect(steady).toHaveLength(3);
    await pass(130_000, 1000);
    expect(reader.state.name).not.toBe("reading");
  });

  test("an SDS011 that hears nothing is told three times and read all the same", async () => {
    const { line, pass, frames } = await read("sds011", { measureEveryMs: 60_000 }, (each) => {
      each.deaf = true;
    });
    await pass(10_000, 100);
    expect(line.written.map((hex) => hex.slice(4, 10))).toEqual(["060101", "080000", "080000", "080000"]);
    line.say(createDeviceSimulator("sds011", { random: createRandom(1) })?.frame(0) ?? new Uint8Array());
    expect(frames).toHaveLength(1);
  });

  test("meters that push, and devices that speak by themselves, are not asked", () => {
    expect(pollerFor("iec62056")).toBeUndefined();
    expect(pollerFor("iec62056", { variant: "push" })).toBeUndefined();
    expect(pollerFor("sds011")).toBeUndefined();
    expect(pollerFor("nobody")).toBeUndefined();
  });

  test("every driver that is marked as polled has a poller, and no watchdog barks before it", () => {
    for (const id of ["sps30", "mhz19", "senseair", "scd30", "modbus-meter"]) {
      expect(driverById(id)?.polled).toBe(true);
      const poller = pollerFor(id, { intervalMs: 600_000 })?.();
      expect(poller?.quietForMs).toBeGreaterThan(1_200_000);
    }
  });
});

describe("a PMS", () => {
  test("that speaks is only listened to", async () => {
    const { line, pass } = await read("pms");
    const device = createDeviceSimulator("pms", { random: createRandom(1) });
    for (let i = 0; i < 10; i++) {
      line.say(device?.frame(i) ?? new Uint8Array());
      await pass(2300, 100);
    }
    expect(line.written).toEqual([]);
  });

  test("that an earlier program put to sleep is woken, and warms up", async () => {
    const { line, pass, texts } = await read("pms");
    await pass(7000, 100);
    expect(line.written).toEqual(["424de400010174", "424de100010171"]);
    const device = createDeviceSimulator("pms", { random: createRandom(1) });
    line.say(device?.frame(0) ?? new Uint8Array());
    expect(texts()[0]).toContain("pm25!warming_up");
  });

  test("that may rest is woken, told to be passive, read ten times after warming up and put to sleep", async () => {
    const { line, pass } = await read("pms", { measureEveryMs: 160_000 });
    await pass(175_000, 100);
    expect(line.written.slice(0, 13)).toEqual([
      "424de400010174",
      "424de100000170",
      ...Array(10).fill("424de200000171"),
      "424de400000173",
    ]);
    expect(line.written[13]).toBe("424de400010174");
    expect(line.written[14]).toBe("424de100000170");
  });
});

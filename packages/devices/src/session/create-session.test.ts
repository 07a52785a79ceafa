import { driverById, SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import { createRandom } from "@ecolocal/core/shared";
import { afterEach, describe, expect, test } from "vitest";
import { createManualTime, type ManualTime } from "../time/index.ts";
import {
  createReplayTransport,
  drawFaults,
  type ReplayChunk,
  type ReplayFault,
  type Transport,
} from "../transport/index.ts";
import { createSession } from "./create-session.ts";
import type { DeviceSession, SessionOptions } from "./session.ts";

const START = Date.UTC(2026, 10, 25, 8);
const GOOD = writeSds011Frame({ pm25UgM3: 12.3, pm10UgM3: 20.4 });
const sessions: DeviceSession[] = [];

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.stop()));
});

/** Lets promises that wait for nothing else come to their end. */
async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve();
}

/** Moves time in small steps, so that what was promised in between happens in between. */
async function pass(time: ManualTime, durationMs: number, stepMs = 250): Promise<void> {
  await settle();
  for (let passedMs = 0; passedMs < durationMs; passedMs += stepMs) {
    time.advance(Math.min(stepMs, durationMs - passedMs));
    await settle();
  }
}

function everySecond(frames: readonly Uint8Array[]): ReplayChunk[] {
  return frames.map((bytes) => ({ afterMs: 1000, bytes }));
}

function begin(chunks: Iterable<ReplayChunk>, options: Partial<SessionOptions> & { faults?: ReplayFault[] } = {}) {
  const time = createManualTime(START);
  const { faults = [], ...rest } = options;
  const lines: string[] = [];
  const session = createSession({
    driver: SDS011_DRIVER,
    path: "COM3",
    transport: createReplayTransport({ chunks, scheduler: time, faults }),
    clock: time,
    scheduler: time,
    logger: { warn: (text) => lines.push(text) },
    ...rest,
  });
  const states: string[] = [];
  session.on("state", ({ name }) => states.push(name));
  sessions.push(session);
  session.start();
  return { session, time, states, lines };
}

function neverThere(): Transport & { opened: number } {
  const transport = {
    opened: 0,
    async open() {
      transport.opened += 1;
      const error = { code: "SENSING_PORT_MISSING", op: "open port", subject: "COM3", detail: "", retry: "backoff" };
      return { ok: false, error } as const;
    },
  };
  return transport as Transport & { opened: number };
}

describe("device session", () => {
  test("hands on every good frame with its arrival time", async () => {
    const { session, time, states } = begin(everySecond([GOOD, GOOD, GOOD]));
    const times: number[] = [];
    session.on("frame", ({ receivedAt }) => times.push(receivedAt - START));
    await pass(time, 3000);
    expect(times).toEqual([1000, 2000, 3000]);
    expect(states).toEqual(["opening", "listening", "reading"]);
    expect(session.counters).toMatchObject({ framesOk: 3, framesBad: 0, bytesReceived: 30, bytesDiscarded: 0 });
  });

  test("tries 1, 2, 5, 10, then every 30 seconds, for ever", async () => {
    const transport = neverThere();
    const { time } = begin([], { transport });
    const attemptsAt: number[] = [];
    let seen = 0;
    for (let second = 0; second <= 110; second++) {
      await pass(time, 1000, 1000);
      if (transport.opened > seen) attemptsAt.push(second + 1);
      seen = transport.opened;
    }
    expect(attemptsAt).toEqual([1, 3, 8, 18, 48, 78, 108]);
  });

  test("opens at once and starts the pauses anew when asked to", async () => {
    const transport = neverThere();
    const { session, time } = begin([], { transport });
    await pass(time, 20_000);
    expect(session.state).toMatchObject({ name: "waiting", attempt: 5 });
    session.retryNow();
    await pass(time, 250);
    expect(session.state).toMatchObject({ name: "waiting", attempt: 1 });
  });

  test("opens within a second when a device that was away appears, however long it was away", async () => {
    const faults: ReplayFault[] = [{ chunk: 0, kind: "unplug", durationMs: 300_000 }];
    const { session, time } = begin(everySecond(Array.from({ length: 400 }, () => GOOD)), { faults });
    await pass(time, 300_000);
    expect(session.state.name).toBe("waiting");
    await pass(time, 2250);
    expect(session.state.name).toBe("reading");
  });

  test("follows a device to the path it has now", async () => {
    let present: string | null = null;
    const opened: string[] = [];
    const replay = createReplayTransport({ chunks: [], scheduler: createManualTime() });
    const transport: Transport = {
      open: (target, listener) => {
        opened.push(target.path);
        return replay.open(target, listener);
      },
    };
    const { session, time } = begin([], { transport, locate: async () => present });
    await pass(time, 500);
    expect(session.state).toMatchObject({ name: "waiting", failure: { code: "SENSING_PORT_MISSING" } });
    present = "COM7";
    await pass(time, 2000);
    expect(opened).toEqual(["COM7"]);
  });

  test("calls bytes that make no sense garbled, not silent", async () => {
    const noise = everySecond(Array.from({ length: 30 }, () => Uint8Array.of(1, 2, 3, 4)));
    const { session, time, states } = begin(noise);
    const failures: string[] = [];
    session.on("failure", ({ code }) => failures.push(code));
    await pass(time, 11_000);
    expect(failures).toEqual(["SENSING_PORT_GARBLED"]);
    expect(states).toContain("silent");
  });

  test("waits as long as a slow device needs before it calls it silent", async () => {
    const driver = { ...SDS011_DRIVER, silentAfterMs: 435_000 };
    const { session, time } = begin(everySecond([GOOD]), { driver });
    await pass(time, 430_000, 5000);
    expect(session.state.name).toBe("reading");
    await pass(time, 10_000, 5000);
    expect(session.state.name).not.toBe("reading");
  });

  test("drops a frame under way when the pause inside it is too long", async () => {
    const chunks = [
      { afterMs: 1000, bytes: GOOD.subarray(0, 5) },
      { afterMs: 2000, bytes: GOOD.subarray(5) },
      { afterMs: 1000, bytes: GOOD },
    ];
    const { session, time } = begin(chunks);
    await pass(time, 4000);
    expect(session.counters).toMatchObject({ framesOk: 1, bytesDiscarded: 10 });
  });

  test("does not store the first line after opening, which may be cut, and keeps the header it was", async () => {
    const text = (line: string): ReplayChunk => ({ afterMs: 100, bytes: new TextEncoder().encode(`${line}\n`) });
    const driver = driverById("lines");
    if (driver === undefined) throw new TypeError("The text-line driver is gone.");
    const { session, time } = begin([text("4,40"), text("t,rh"), text("24,40"), text("25,41")], { driver });
    const raws: unknown[] = [];
    const headers: string[] = [];
    session.on("frame", ({ frame }) => raws.push(frame.raw));
    session.on("header", (header) => headers.push(header));
    await pass(time, 1000);
    expect(raws).toEqual([
      { t: 24, rh: 40 },
      { t: 25, rh: 41 },
    ]);
    expect(headers).toEqual(["t,rh"]);
  });

  test("writes one log line a minute, whatever happens", async () => {
    const bad = GOOD.with(8, 0);
    const { session, time, lines } = begin(everySecond(Array.from({ length: 240 }, (_, i) => (i % 2 ? bad : GOOD))));
    await pass(time, 241_000, 1000);
    expect(session.counters).toMatchObject({ framesOk: 120, framesBad: 120, bytesDiscarded: 1200 });
    expect(lines).toHaveLength(4);
  });

  test("stops for good, any number of times, and can be started again", async () => {
    const { session, time } = begin(everySecond(Array.from({ length: 20 }, () => GOOD)));
    await pass(time, 3000);
    await session.stop();
    await session.stop();
    await pass(time, 5000);
    expect(session.state.name).toBe("stopped");
    expect(session.counters.framesOk).toBe(3);
    session.start();
    await pass(time, 2000);
    expect(session.state.name).toBe("reading");
  });

  test("closes a port that opens after the session was stopped", async () => {
    let closed = 0;
    let finish: (value: Awaited<ReturnType<Transport["open"]>>) => void = () => undefined;
    const transport: Transport = {
      open: () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    };
    const { session, time } = begin([], { transport });
    await pass(time, 250);
    await session.stop();
    const link = { write: async () => ({ ok: true, value: undefined }) as const, close: async () => void closed++ };
    finish({ ok: true, value: link });
    await pass(time, 250);
    expect(closed).toBe(1);
    expect(session.state.name).toBe("stopped");
  });

  test("reads on through a day with fifty faults: nothing twice, nothing lost that was accepted", async () => {
    const day = 86_400;
    function* frames(): Generator<ReplayChunk> {
      for (let i = 0; i < day; i++) {
        const bytes = writeSds011Frame({ pm25UgM3: 1 + (i % 9000) / 10, pm10UgM3: 1 + Math.floor(i / 9000) });
        yield { afterMs: 1000, bytes };
      }
    }
    const faults = drawFaults(50, day, createRandom(20_261_125)).filter(({ kind }) => kind !== "duplicate");
    const { session, time } = begin(frames(), { faults });
    const seen = new Set<string>();
    let accepted = 0;
    let lastAt = 0;
    session.on("frame", ({ frame, receivedAt }) => {
      accepted += 1;
      seen.add(JSON.stringify(frame.readings));
      expect(receivedAt).toBeGreaterThanOrEqual(lastAt);
      lastAt = receivedAt;
    });
    await pass(time, (day + 1800) * 1000, 1000);
    expect(seen.size).toBe(accepted);
    expect(session.counters.framesOk).toBe(accepted);
    expect(accepted).toBeGreaterThan(day - 50 * 62);
  });
});

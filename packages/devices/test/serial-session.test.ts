import { once } from "node:events";
import { realpath, rm, symlink } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { SDS011_DRIVER, writeSds011Frame } from "@ecolocal/core/sensing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createManualTime, createSession, type DeviceSession, type SessionOptions } from "../src/session/index.ts";
import { createPtyPair, type PtyPair } from "../src/simulator/index.ts";
import { type OpenTransport, serialTransport, type TransportFailure } from "../src/transport/index.ts";
import { until } from "./until.ts";

const FRAME = writeSds011Frame({ pm25UgM3: 12.3, pm10UgM3: 20.4 });

let pty: PtyPair;
const sessions: DeviceSession[] = [];

beforeEach(async () => {
  const made = await createPtyPair();
  if (!made.ok) throw new TypeError(made.error.detail);
  pty = made.value;
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.stop()));
  await pty.remove();
});

function startSession(options: Partial<SessionOptions> = {}): { session: DeviceSession; states: string[] } {
  const session = createSession({
    driver: SDS011_DRIVER,
    path: pty.device,
    transport: serialTransport,
    clock: { now: () => Date.now() },
    ...options,
  });
  const states: string[] = [];
  session.on("state", (state) => states.push(state.name));
  sessions.push(session);
  session.start();
  return { session, states };
}

async function openDirectly(path: string): Promise<OpenTransport | TransportFailure> {
  const serial = SDS011_DRIVER.serial[0]!;
  const opened = await serialTransport.open({ path, serial }, { onData: () => undefined, onClosed: () => undefined });
  return opened.ok ? opened.value : opened.error;
}

describe("reading a sensor from a real port", () => {
  test("opens the port and reads frames that arrive in pieces", async () => {
    const { session, states } = startSession();
    await until(() => session.state.name === "listening", "the port is open");
    await pty.send(FRAME.subarray(0, 3));
    await pty.send(FRAME.subarray(3));
    await until(() => session.counters.framesOk === 1, "the frame is read");
    expect(states).toEqual(["opening", "listening", "reading"]);
    expect(session.counters.lastFrameAt).not.toBeNull();
  });

  test("says disconnected when the device is pulled out and resumes by itself when it is back", async () => {
    const { session, states } = startSession();
    await until(() => session.state.name === "listening", "the port is open");
    await pty.send(FRAME);
    await until(() => session.state.name === "reading", "the sensor is read");
    await pty.unplug();
    await until(() => states.includes("disconnected"), "the loss is noticed");
    expect(session.state).toMatchObject({ name: "waiting", failure: { code: "SENSING_PORT_LOST" } });
    await pty.plugIn();
    session.retryNow();
    await until(() => states.filter((name) => name === "listening").length === 2, "the port is open again");
    await pty.send(FRAME);
    await until(() => session.counters.framesOk === 2, "the sensor is read again");
    expect(session.counters.reconnects).toBe(1);
  });

  test("emits nothing of another sensor that was plugged into the same port, and goes on with its own", async () => {
    const own = writeSds011Frame({ pm25UgM3: 1, pm10UgM3: 2, deviceId: "58D9" });
    const other = writeSds011Frame({ pm25UgM3: 3, pm10UgM3: 4, deviceId: "0001" });
    const { session, states } = startSession({ isOwnDevice: (identity) => identity === "58D9" });
    await until(() => session.state.name === "listening", "the port is open");
    await pty.send(Uint8Array.from([...other, ...other]));
    await until(() => session.state.name === "waiting", "the other sensor is noticed");
    expect(session.state).toMatchObject({ failure: { code: "SENSING_DEVICE_OTHER" }, attempt: 1 });
    expect(session.counters.framesOk).toBe(0);
    await until(() => states.filter((name) => name === "listening").length === 2, "the port is open again");
    await pty.send(own);
    await until(() => session.counters.framesOk === 1, "its own sensor is read");
  });

  test("reopens without being asked to", async () => {
    const { session } = startSession();
    await until(() => session.state.name === "listening", "the port is open");
    await pty.unplug();
    await until(() => session.state.name === "waiting", "the loss is noticed");
    await pty.plugIn();
    await until(() => session.state.name === "listening", "the port is open again");
  });

  test("calls a port silent that says nothing, and reopens it", async () => {
    const time = createManualTime(1_700_000_000_000);
    const { session, states } = startSession({ clock: time, scheduler: time });
    await until(() => session.state.name === "listening", "the port is open");
    time.advance(10_000);
    expect(states).toContain("silent");
    await until(() => session.state.name === "waiting", "the port is closed");
    expect(session.state).toMatchObject({ failure: { code: "SENSING_PORT_SILENT" }, attempt: 1 });
    time.advance(1000);
    await until(() => session.state.name === "listening", "the port is open again");
  });

  test("notices that a device is gone also where reading its port does not fail", async () => {
    // The name goes, the terminal behind it stays: what a hung-up port looks like that reads as empty for ever.
    const link = `${pty.device}-link`;
    await symlink(await realpath(pty.device), link);
    const { session, states } = startSession({ path: link });
    await until(() => session.state.name === "listening", "the port is open");
    await rm(link);
    await until(() => states.includes("disconnected"), "the loss is noticed");
    expect(session.state).toMatchObject({ failure: { code: "SENSING_PORT_LOST" } });
  });

  test("says who holds a busy port", async () => {
    const first = await openDirectly(pty.device);
    const second = await openDirectly(pty.device);
    expect(second).toMatchObject({ code: "SENSING_PORT_BUSY", detail: expect.stringContaining(String(process.pid)) });
    if ("close" in first) await first.close();
  });

  test("says that a port is missing and what to do", async () => {
    expect(await openDirectly(`${pty.device}-not`)).toMatchObject({
      code: "SENSING_PORT_MISSING",
      hint: expect.stringContaining("sensor scan"),
    });
  });

  test("says that a file is no serial port", async () => {
    expect(await openDirectly(import.meta.filename)).toMatchObject({ code: "SENSING_PORT_NOT_SERIAL" });
  });

  test("refuses to work in a worker thread, where ports open and deliver nothing", async () => {
    const module = new URL("../src/transport/serial.ts", import.meta.url).href;
    const code = `
      import { parentPort } from "node:worker_threads";
      const { serialTransport } = await import(${JSON.stringify(module)});
      await serialTransport.open({}, {}).catch((error) => parentPort.postMessage(error.message));
    `;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
      execArgv: ["--conditions=source"],
    });
    const [message] = await once(worker, "message");
    await worker.terminate();
    expect(message).toContain("on the main thread");
  });

  test("closes any number of times and gives up writing to a lost port", async () => {
    const link = await openDirectly(pty.device);
    if (!("close" in link)) throw new TypeError("The port did not open.");
    expect(await link.write(Uint8Array.of(1, 2, 3))).toEqual({ ok: true, value: undefined });
    await link.close();
    await link.close();
    expect(await link.write(Uint8Array.of(1))).toMatchObject({
      ok: false,
      error: { code: "SENSING_PORT_WRITE_FAILED" },
    });
  });
});

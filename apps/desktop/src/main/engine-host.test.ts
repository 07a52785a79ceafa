import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ToHost } from "../bridge/index.ts";
import { createEngineHost, type HostProcess } from "./engine-host.ts";

class FakeProcess extends EventEmitter implements HostProcess<string> {
  readonly sent: { message: ToHost; ports: string[] }[] = [];
  wasKilled = false;

  postMessage(message: ToHost, ports: string[] = []): void {
    this.sent.push({ message, ports });
  }

  kill(): boolean {
    this.wasKilled = true;
    this.emit("exit", 143);
    return true;
  }
}

function setUp(workspace: string | null = null) {
  const processes: FakeProcess[] = [];
  const events: string[] = [];
  const host = createEngineHost<string>({
    clock: { now: () => Date.now() },
    workspace,
    version: "1.2.3",
    fork: () => {
      const process = new FakeProcess();
      processes.push(process);
      return process;
    },
    onGone: (code, delayMs) => events.push(`gone ${code}, again in ${delayMs}`),
  });
  const last = () => processes.at(-1) as FakeProcess;
  return { host, processes, events, last };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("The engine is told its workspace first, and ports wait until it is ready", () => {
  const { host, last } = setUp("/srv/air");
  host.connect(() => "first");
  host.connect(() => "second");
  expect(last().sent).toEqual([{ message: { t: "open", workspace: "/srv/air", version: "1.2.3" }, ports: [] }]);
  last().emit("message", { t: "ready", workspace: "/srv/air" });
  host.connect(() => "third");
  expect(
    last()
      .sent.slice(1)
      .map((sent) => sent.ports),
  ).toEqual([["first"], ["second"], ["third"]]);
});

test("A dead engine is started again after growing pauses and gets the ports asked for meanwhile", () => {
  const { host, processes, events, last } = setUp();
  last().emit("message", { t: "ready", workspace: "x" });
  last().emit("exit", 9);
  host.connect(() => "waiting");
  expect(processes).toHaveLength(1);
  vi.advanceTimersByTime(250);
  expect(processes).toHaveLength(2);
  last().emit("exit", 9);
  vi.advanceTimersByTime(499);
  expect(processes).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(events).toEqual(["gone 9, again in 250", "gone 9, again in 500"]);
  last().emit("message", { t: "ready", workspace: "x" });
  expect(last().sent.at(-1)).toEqual({ message: { t: "client", role: "app" }, ports: ["waiting"] });
});

test("After a crash the engine starts with the workspace that a window had changed to", () => {
  const { last } = setUp("/srv/air");
  last().emit("message", { t: "ready", workspace: "/srv/air" });
  last().emit("message", { t: "ready", workspace: "/srv/water" });
  last().emit("exit", 9);
  vi.advanceTimersByTime(250);
  expect(last().sent).toEqual([{ message: { t: "open", workspace: "/srv/water", version: "1.2.3" }, ports: [] }]);
});

test("Stopping asks the engine, waits for its end and starts nothing afterwards", async () => {
  const { host, processes, events, last } = setUp();
  last().emit("message", { t: "ready", workspace: "x" });
  const stopped = host.stop();
  expect(last().sent.at(-1)?.message).toEqual({ t: "stop" });
  expect(host.isStopped).toBe(false);
  last().emit("exit", 0);
  await stopped;
  expect(host.isStopped).toBe(true);
  vi.advanceTimersByTime(120_000);
  expect(processes).toHaveLength(1);
  expect(events).toEqual([]);
});

test("An engine that does not end within ten seconds is killed", async () => {
  const { host, last } = setUp();
  const stopped = host.stop();
  vi.advanceTimersByTime(9_999);
  expect(last().wasKilled).toBe(false);
  vi.advanceTimersByTime(1);
  await stopped;
  expect(last().wasKilled).toBe(true);
});

test("Stopping between two starts leaves nothing running", async () => {
  const { host, processes, last } = setUp();
  last().emit("exit", 9);
  await host.stop();
  vi.advanceTimersByTime(120_000);
  expect(processes).toHaveLength(1);
  expect(host.isStopped).toBe(true);
});

test("Messages of an engine that was replaced, and nonsense, are ignored", async () => {
  const { host, processes, last } = setUp("/a");
  const opened = host.open("/b");
  last().emit("exit", 0);
  await opened;
  processes[0]?.emit("message", { t: "ready", workspace: "/a" });
  last().emit("message", { t: "what" });
  last().emit("message", "ready");
  host.connect(() => "port");
  expect(last().sent).toEqual([{ message: { t: "open", workspace: "/b", version: "1.2.3" }, ports: [] }]);
});

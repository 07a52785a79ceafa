import type { HostState } from "@ecolocal/core/api";
import { createMemoryLinkPair } from "@ecolocal/core/api/rpc";
import { expect, test } from "vitest";
import type { FromHost } from "../bridge/index.ts";
import { type Board, createEngineService } from "./engine-service.ts";

function setUp(first: HostState) {
  const told: FromHost[] = [];
  const events: string[] = [];
  let changed: (state: HostState) => void = () => undefined;
  const board: Board = {
    state: () => first,
    onState: (listener) => {
      changed = listener;
    },
    serve: (_link, roles) => events.push(`serve ${roles}`),
    close: async () => void events.push("close"),
  };
  const service = createEngineService({
    start: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return board;
    },
    tellMain: (message) => told.push(message),
    exit: (code) => events.push(`exit ${code}`),
  });
  return { service, told, events, change: (state: HostState) => changed(state) };
}

const OPEN = { t: "open", workspace: null, version: "1.2.3" } as const;
const CLIENT = { t: "client", role: "app" } as const;

test("A window is served as the app, also while nobody has chosen a workspace", async () => {
  const { service, told, events } = setUp({ kind: "welcome" });
  await service.handle(OPEN);
  await service.handle(CLIENT, createMemoryLinkPair()[0]);
  expect(told).toEqual([{ t: "ready", workspace: null }]);
  expect(events).toEqual(["serve app"]);
});

test("A workspace that a window chooses is told to main, which starts with it again after a crash", async () => {
  const { service, told, change } = setUp({ kind: "open", path: "/srv/air" });
  await service.handle(OPEN);
  change({ kind: "open", path: "/srv/water" });
  expect(told.map(({ workspace }) => workspace)).toEqual(["/srv/air", "/srv/water"]);
});

test("A window that comes before the engine has started is turned away and comes again", async () => {
  const { service } = setUp({ kind: "welcome" });
  const [near, far] = createMemoryLinkPair();
  const closed = new Promise<string>((resolve) => far.onClose(() => resolve("closed")));
  await service.handle(CLIENT, near);
  expect(await closed).toBe("closed");
});

test("Stopping closes the workspace before the process ends, also while it is still being opened", async () => {
  const { service, events } = setUp({ kind: "open", path: "/srv/air" });
  const starting = service.handle(OPEN);
  await service.handle({ t: "stop" });
  await starting;
  expect(events).toEqual(["close", "exit 0"]);
});

test("Stopping before anything was started just ends", async () => {
  const { service, events } = setUp({ kind: "welcome" });
  await service.handle({ t: "stop" });
  expect(events).toEqual(["exit 0"]);
});

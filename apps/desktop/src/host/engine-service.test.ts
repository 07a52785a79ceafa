import { createMemoryLinkPair } from "@ecolocal/core/api/rpc";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { expect, test } from "vitest";
import type { FromHost } from "../bridge/index.ts";
import { createEngineService, type ServedWorkspace } from "./engine-service.ts";

const FAILURE: Failure = {
  code: "WORKSPACE_CORRUPT",
  op: "open",
  subject: "/srv/air",
  detail: "The database is damaged.",
  retry: "never",
};

function setUp(outcome: (dir: string | null) => Result<ServedWorkspace, Failure> | Promise<never>) {
  const told: FromHost[] = [];
  const events: string[] = [];
  const service = createEngineService({
    open: async (dir) => outcome(dir),
    tellMain: (message) => told.push(message),
    exit: (code) => events.push(`exit ${code}`),
  });
  return { service, told, events };
}

const workspaceAt = (dir: string, events: string[]): ServedWorkspace => ({
  dir,
  serve: (_link, roles) => events.push(`serve ${roles}`),
  close: async () => void events.push("close"),
});

test("A window is served as the app once its workspace is open", async () => {
  const served: string[] = [];
  const { service, told } = setUp((dir) => ok(workspaceAt(dir ?? "demo", served)));
  await service.handle({ t: "open", workspace: "/srv/air", version: "1.2.3" });
  await service.handle({ t: "client", role: "app" }, createMemoryLinkPair()[0]);
  expect(told).toEqual([{ t: "ready", workspace: "/srv/air" }]);
  expect(served).toEqual(["serve app"]);
});

test("A workspace that cannot be opened is reported with its failure, and windows are turned away", async () => {
  const { service, told } = setUp(() => err(FAILURE));
  await service.handle({ t: "open", workspace: null, version: "1.2.3" });
  expect(told).toEqual([{ t: "refused", failure: FAILURE }]);
  const [near, far] = createMemoryLinkPair();
  const closed = new Promise<string>((resolve) => far.onClose(() => resolve("closed")));
  await service.handle({ t: "client", role: "app" }, near);
  expect(await closed).toBe("closed");
});

test("Stopping closes the workspace before the process ends, also while it is still being opened", async () => {
  const events: string[] = [];
  const service = createEngineService({
    open: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return ok(workspaceAt("/srv/air", events));
    },
    tellMain: () => undefined,
    exit: (code) => void events.push(`exit ${code}`),
  });
  const opening = service.handle({ t: "open", workspace: null, version: "1.2.3" });
  await service.handle({ t: "stop" });
  await opening;
  expect(events).toEqual(["close", "exit 0"]);
});

test("Stopping without an open workspace just ends", async () => {
  const { service, events } = setUp(() => err(FAILURE));
  await service.handle({ t: "stop" });
  expect(events).toEqual(["exit 0"]);
});

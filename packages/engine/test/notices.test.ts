import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { NoticeStateView } from "@ecolocal/core/api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace, createWorkspace } from "../src/workspace/index.ts";

let root: string;
let own: ConnectedWorkspace;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-notices-"));
  const dir = join(root, "own");
  const founded = await createWorkspace(dir, { name: "Our street", appVersion: "1.0.0", timeZone: "UTC" });
  if (!founded.ok) throw new TypeError(founded.error.detail);
  const connected = await connectWorkspace(dir, { role: "cli", appVersion: "1.0.0", checkOutput: true });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  own = connected.value;
});
afterAll(async () => {
  await own.close();
  rmSync(root, { recursive: true, force: true });
});

it("tells the state at once and again when the settings change", async () => {
  const { client } = own;
  const states: NoticeStateView[] = [];
  for await (const state of client.stream("notice.watch", {})) {
    states.push(state);
    if (states.length === 2) break;
    await client.call("notice.configure", { quiet: { from: "00:00", to: "00:00" } });
  }
  expect(states[1]).toEqual({ unread: 0, open: 0, quiet: true, due: [] });
});

it("keeps what the group wants to be told, and refuses a time that no clock shows", async () => {
  const { client } = own;
  const wanted = { quiet: null, muted: ["idea_new" as const] };
  expect(await client.call("notice.configure", wanted)).toEqual(wanted);
  expect(await client.call("notice.configure", {})).toEqual(wanted);
  expect(await client.call("notice.settings", {})).toEqual(wanted);
  await expect(client.call("notice.configure", { quiet: { from: "25:00", to: "07:00" } })).rejects.toMatchObject({
    failure: { code: "RPC_INPUT_INVALID", subject: "quiet.from" },
  });
});

it("has an empty inbox in a new workspace, in which nothing can be marked", async () => {
  const { client } = own;
  expect(await client.call("notice.list", {})).toEqual([]);
  expect(await client.call("notice.markRead", {})).toEqual({ changed: [] });
});

import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HostContract, HostState } from "@ecolocal/core/api";
import { type Client, createClient, createMemoryLinkPair } from "@ecolocal/core/api/rpc";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Switchboard, startSwitchboard } from "../src/workspace/index.ts";

const VERSION = "1.0.0";
let home: string;
let board: Switchboard;
let page: Client<HostContract>;

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "ecolocal-board-")));
  vi.stubEnv("ECOLOCAL_DATA_DIR", join(home, "data"));
  await start();
});

afterEach(async () => {
  page.close();
  await board.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

async function start(dir?: string): Promise<void> {
  board = await startSwitchboard(dir, {
    role: "app",
    appVersion: VERSION,
    ingest: false,
    waitMs: 2000,
    checkOutput: true,
  });
  const [near, far] = createMemoryLinkPair();
  board.serve(far, ["app"]);
  page = createClient<HostContract>(near, { role: "app", app: VERSION });
}

async function restart(dir?: string): Promise<void> {
  page.close();
  await board.close();
  await start(dir);
}

const codeOf = async (answer: Promise<{ ok: boolean; error?: { code: string } }>) =>
  (await answer).error?.code ?? "none";
const found = (name: string) => page.call("workspace.create", { name, timeZone: "Europe/Berlin" });

describe("a program with windows, at the first start", () => {
  it("opens nothing unasked, and says so to everything that needs a workspace", async () => {
    expect(board.state()).toEqual({ kind: "welcome" });
    expect(await codeOf(page.ask("sensor.list", {}))).toBe("WORKSPACE_NOT_OPEN");
    expect(existsSync(join(home, "data", "demo"))).toBe(false);
  });

  it("makes a workspace from a name alone and goes on in it, also after the next start", async () => {
    const { path } = await found("Our street");
    expect(await page.call("workspace.status", {})).toMatchObject({ name: "Our street", path, kind: "own" });
    await restart();
    expect(board.state()).toEqual({ kind: "open", path });
  });

  it("tells a page that is watching as soon as another page has chosen", async () => {
    const states = page.stream("workspace.current", {});
    expect((await states.next()).value).toEqual({ kind: "welcome" });
    const { path } = await found("Our street");
    expect((await states.next()).value).toEqual({ kind: "open", path });
  });

  it("refuses folders whose place depends on where the program was started, and zones that do not exist", async () => {
    expect(await codeOf(page.ask("workspace.create", { name: "x", path: "air" }))).toBe("WORKSPACE_FOLDER_INVALID");
    expect(await codeOf(page.ask("workspace.create", { name: "x", timeZone: "Mars/Base" }))).toBe(
      "WORKSPACE_ZONE_UNKNOWN",
    );
    expect(board.state()).toEqual({ kind: "welcome" });
  });
});

describe("changing the workspace", () => {
  it("lists what was open here, the last one first and the demo at the end", async () => {
    await found("Street");
    const school = await found("School");
    const known = await page.call("workspace.list", {});
    expect(known.map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
      ["School", true],
      ["Street", false],
      ["Demo", false],
    ]);
    expect(known[0]?.path).toBe(school.path);
  });

  it("goes back to an earlier one with all that is in it", async () => {
    const street = await found("Street");
    await page.call("sensor.add", { driverId: "sds011", port: "sim:sds011", name: "Yard" });
    await found("School");
    expect(await page.call("sensor.list", {})).toEqual([]);
    await page.call("workspace.open", { path: street.path });
    expect(await page.call("sensor.list", {})).toMatchObject([{ name: "Yard" }]);
  });

  it("stays where it is when the other one cannot be opened", async () => {
    const street = await found("Street");
    expect(await codeOf(page.ask("workspace.open", { path: join(home, "nowhere") }))).toBe("WORKSPACE_NOT_FOUND");
    expect(board.state()).toEqual({ kind: "open", path: street.path });
    expect(await page.call("workspace.status", {})).toMatchObject({ name: "Street" });
  });

  it("never writes over a workspace that is there", async () => {
    const street = await found("Street");
    await found("School");
    expect(await codeOf(page.ask("workspace.create", { name: "Other", path: street.path }))).toBe("WORKSPACE_EXISTS");
    await page.call("workspace.open", { path: street.path });
    expect(await page.call("workspace.status", {})).toMatchObject({ name: "Street" });
  });
});

describe("a workspace that cannot be opened", () => {
  const damaged = async () => {
    const { path } = await found("Street");
    await page.call("sensor.add", { driverId: "sds011", port: "sim:sds011", name: "Yard" });
    for await (const event of page.stream("backup.create", {})) expect(["progress", "done"]).toContain(event.kind);
    page.close();
    await board.close();
    writeFileSync(join(path, "workspace.db"), "no database any more".repeat(500));
    await start(path);
    return path;
  };

  it("is explained instead of ending the program, and answers everything with its reason", async () => {
    const path = await damaged();
    expect(board.state()).toMatchObject({ kind: "refused", path, failure: { code: "WORKSPACE_CORRUPT" } });
    expect(await codeOf(page.ask("sensor.list", {}))).toBe("WORKSPACE_CORRUPT");
  });

  it("is restored from its backup into a new folder, and stays as it is itself", async () => {
    const path = await damaged();
    const [backup] = await page.call("workspace.backups", { path });
    const restored = await page.call("workspace.restore", { backup: backup?.path ?? "" });
    expect(restored.path).not.toBe(path);
    expect(board.state()).toEqual({ kind: "open", path: restored.path } satisfies HostState);
    expect(await page.call("sensor.list", {})).toMatchObject([{ name: "Yard" }]);
  });

  it("has its backups offered without a path, and a folder without any is told apart from an empty list", async () => {
    await damaged();
    expect(await page.call("workspace.backups", {})).toMatchObject([{ workspaceName: "Street", reason: "manual" }]);
    expect(await codeOf(page.ask("workspace.backups", { path: join(home, "nowhere") }))).toBe("BACKUP_NOT_FOUND");
  });
});

it("joining with a link that is none leaves no workspace behind that anyone would meet", async () => {
  const answer = page.ask("workspace.join", { link: "https://example.org/nothing", userName: "Ada" });
  expect(await codeOf(answer)).toBe("SYNC_LINK_INVALID");
  expect(board.state()).toEqual({ kind: "welcome" });
  expect((await page.call("workspace.list", {})).map(({ kind }) => kind)).toEqual(["demo"]);
});

import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isRpcError } from "@ecolocal/core/api/rpc";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConnectedWorkspace, connectWorkspace } from "../src/workspace/index.ts";

let workspace: TempWorkspace;
let open: ConnectedWorkspace[];
beforeEach(() => {
  workspace = createTempWorkspace();
  open = [];
});
afterEach(async () => {
  for (const connected of open) await connected.close();
  workspace.dispose();
});

async function connect() {
  const connected = await connectWorkspace(workspace.dir, { role: "app", appVersion: "1.0.0", waitMs: 2000 });
  if (connected.ok) open.push(connected.value);
  return connected;
}

const database = () => join(workspace.dir, "workspace.db");
const digest = () => createHash("sha256").update(readFileSync(database())).digest("hex");

async function codeOf(answer: Promise<unknown>) {
  return answer.then(
    () => "none",
    (error: unknown) => (isRpcError(error) ? error.code : String(error)),
  );
}

describe("a workspace that must not be written", () => {
  it("from a newer program opens for reading, says why, refuses changes and stays byte for byte", async () => {
    const held = workspace.open();
    held.db.sqlite
      .prepare("insert into schema_migrations (name, applied_at, app_version) values ('future-001', 1, '9.0.0')")
      .run();
    held.close();
    const before = digest();
    const connected = await connect();
    expect(connected.ok).toBe(true);
    if (!connected.ok) return;
    const { client, close } = connected.value;
    expect(await client.call("workspace.status", {})).toMatchObject({
      mode: "read-only",
      readOnlyBecause: "WORKSPACE_NEWER",
    });
    expect(await client.call("sensor.list", {})).toEqual([]);
    const sensor = { driverId: "sds011", port: "sim:sds011", name: "x" };
    expect(await codeOf(client.call("sensor.add", sensor))).toBe("WORKSPACE_NEWER");
    expect(await codeOf(client.call("workspace.configure", { name: "x" }))).toBe("WORKSPACE_NEWER");
    expect(await client.call("home.overview", {})).toMatchObject({ cards: [] });
    await close();
    expect(digest()).toBe(before);
  });

  it("that is no database is named as damaged and left as it is", async () => {
    writeFileSync(database(), "This is a letter, not a database. ".repeat(200));
    const before = digest();
    expect(await connect()).toMatchObject({ ok: false, error: { code: "WORKSPACE_CORRUPT" } });
    expect(digest()).toBe(before);
  });

  it("with a damaged page is never opened for writing", async () => {
    const size = statSync(database()).size;
    const file = openSync(database(), "r+");
    for (let page = 3; page * 4096 < size; page += 2) writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    closeSync(file);
    const before = digest();
    const connected = await connect();
    if (connected.ok) {
      const status = await connected.value.client.ask("workspace.status", {});
      if (status.ok) expect(status.value).toMatchObject({ mode: "read-only", readOnlyBecause: "WORKSPACE_CORRUPT" });
      else expect(status.error.code).toBe("WORKSPACE_CORRUPT");
      for (const asked of ["sensor.list", "project.list", "home.overview"] as const) {
        expect(["none", "WORKSPACE_CORRUPT"]).toContain(await codeOf(connected.value.client.call(asked, {})));
      }
      await connected.value.close();
    } else expect(connected.error.code).toBe("WORKSPACE_CORRUPT");
    expect(digest()).toBe(before);
  });
});

describe("an import that a killed process left", () => {
  it("is marked as abandoned by the next owner", async () => {
    const held = workspace.open();
    const { importRepository } = await import("@ecolocal/db/workspace");
    const id = workspace.ids.next();
    held.db.write("test", id, () =>
      importRepository(held.db).begin({ id, fileName: "x.csv", format: "csv", options: {}, startedAt: 1 }),
    );
    held.close();
    const connected = await connect();
    if (!connected.ok) throw new TypeError(connected.error.detail);
    await connected.value.close();
    const again = workspace.open();
    expect(importRepository(again.db).find(id)?.status).toBe("abandoned");
  });
});

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createBackup } from "@ecolocal/db/backup";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listBackups, restoreNewestGood } from "./index.ts";

let workspace: TempWorkspace;
beforeEach(() => {
  workspace = createTempWorkspace();
});
afterEach(() => workspace.dispose());

async function backUp(at: number) {
  const held = workspace.open();
  const made = await createBackup(held.db, { clock: { now: () => at }, appVersion: "1.0.0", reason: "manual" });
  held.close();
  if (!made.ok) throw new TypeError(made.error.detail);
  return made.value;
}

describe("restoring a workspace whose database is damaged", () => {
  it("takes the newest backup that is whole, and leaves the damaged workspace as it is", async () => {
    await backUp(Date.UTC(2026, 4, 1));
    const newest = await backUp(Date.UTC(2026, 4, 2));
    writeFileSync(join(newest.path, "workspace.db"), "cut off");
    writeFileSync(join(workspace.dir, "workspace.db"), "no database");
    const target = join(workspace.dir, "restored");
    const restored = await restoreNewestGood(workspace.dir, target);
    expect(restored).toMatchObject({
      ok: true,
      value: { dir: target, backedUpAt: Date.UTC(2026, 4, 1), damaged: [newest.path] },
    });
    expect(existsSync(join(target, "workspace.db"))).toBe(true);
    expect(await restoreNewestGood(workspace.dir, target)).toMatchObject({ error: { code: "WORKSPACE_EXISTS" } });
  });

  it("says so when there is no backup", async () => {
    expect(listBackups(workspace.dir)).toEqual([]);
    const restored = await restoreNewestGood(workspace.dir, join(workspace.dir, "restored"));
    expect(restored).toMatchObject({ error: { code: "BACKUP_NOT_FOUND" } });
  });
});

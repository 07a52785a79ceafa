import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import { listBackups } from "@ecolocal/db/backup";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBackupService } from "../backups/index.ts";
import { createStore, type Store } from "../store/index.ts";
import { backUpDaily } from "./daily-backup.ts";

let workspace: TempWorkspace;
let store: Store;
let run: () => ReturnType<typeof backUpDaily>;
beforeEach(() => {
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
  const backups = createBackupService(store, "1.0.0");
  run = () => backUpDaily(store, backups, new AbortController().signal);
});
afterEach(() => workspace.dispose());

describe("the daily backup", () => {
  it("is made once a day and checked, and a week of them is kept", async () => {
    expect((await run()).ok).toBe(true);
    workspace.clock.advance(23 * HOUR_MS);
    await run();
    expect(listBackups(workspace.dir)).toHaveLength(1);
    for (let day = 0; day < 9; day++) {
      workspace.clock.advance(DAY_MS);
      await run();
    }
    const kept = listBackups(workspace.dir);
    expect(kept).toHaveLength(7);
    expect(kept.every(({ manifest }) => manifest.reason === "daily" && manifest.checked?.isWhole)).toBe(true);
  });

  it("is not made where it was turned off", async () => {
    createBackupService(store, "1.0.0").configure({ isDaily: false });
    expect((await run()).ok).toBe(true);
    expect(listBackups(workspace.dir)).toEqual([]);
  });
});

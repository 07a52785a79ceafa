import { DAY_MS, HOUR_MS } from "@ecolocal/core/shared";
import { listBackups } from "@ecolocal/db/backup";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { backUpDaily } from "./daily-backup.ts";

let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
});
afterEach(() => workspace.dispose());

describe("the daily backup", () => {
  it("is made once a day, and a week of them is kept", () => {
    expect(backUpDaily(store, "1.0.0").ok).toBe(true);
    workspace.clock.advance(23 * HOUR_MS);
    backUpDaily(store, "1.0.0");
    expect(listBackups(workspace.dir)).toHaveLength(1);
    for (let day = 0; day < 9; day++) {
      workspace.clock.advance(DAY_MS);
      backUpDaily(store, "1.0.0");
    }
    const kept = listBackups(workspace.dir);
    expect(kept).toHaveLength(7);
    expect(kept.every(({ manifest }) => manifest.reason === "daily")).toBe(true);
  });
});

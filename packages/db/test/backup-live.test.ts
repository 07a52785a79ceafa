import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type BackupProgress, createBackup, listBackups, restoreBackup, verifyBackup } from "../src/backup/index.ts";
import { createTempWorkspace, type TempWorkspace } from "../src/testing/index.ts";
import { backupsPath, type HeldWorkspace } from "../src/workspace/index.ts";
import { unwrap } from "./document-fixture.ts";

const BACK_UP = fileURLToPath(new URL("./crash/back-up.ts", import.meta.url));

let temp: TempWorkspace;
let held: HeldWorkspace;
beforeEach(() => {
  temp = createTempWorkspace();
  held = temp.open();
  // Large enough that copying takes a while on any machine.
  held.db.sqlite.exec("create table ballast (id integer primary key, bytes blob)");
  const add = held.db.sqlite.prepare("insert into ballast (bytes) values (randomblob(1000000))");
  held.db.transaction(() => {
    for (let i = 0; i < 80; i++) add.run();
  });
});
afterEach(() => temp.dispose());

const context = () => ({ clock: temp.clock, appVersion: "1.0.0", reason: "manual" }) as const;

/** Commits one row per turn of the event loop until `work` is settled; tells how many. */
async function commitDuring(work: Promise<unknown>): Promise<number> {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  work.then(settle, settle);
  const add = held.db.sqlite.prepare("insert into ballast (bytes) values (x'00')");
  let commits = 0;
  // Work that keeps this thread to itself is over after one turn.
  await nextTurn();
  for (; !isSettled; commits++) {
    held.db.transaction(() => add.run());
    await nextTurn();
  }
  return commits;
}

it("what is written while a backup is made is committed at once, and the copy is whole", async () => {
  const progress: BackupProgress[] = [];
  const making = createBackup(held.db, context(), { onProgress: (latest) => progress.push(latest) });
  expect(await commitDuring(making)).toBeGreaterThan(0);
  const made = unwrap(await making);
  expect(made.manifest.checked).toEqual({ at: temp.clock.now(), isWhole: true });
  expect(progress.at(-1)).toMatchObject({ phase: "check" });
  expect(progress.every(({ doneBytes, totalBytes }) => doneBytes <= totalBytes)).toBe(true);
  temp.clock.advance(60_000);
  const verifying = verifyBackup(made.path, temp.clock);
  expect(await commitDuring(verifying)).toBeGreaterThan(0);
  expect(unwrap(await verifying).manifest.checked).toEqual({ at: temp.clock.now(), isWhole: true });
  expect(listBackups(temp.dir)).toEqual([unwrap(await verifying)]);
  const restoring = restoreBackup(made.path, join(temp.dir, "..", "restored"), { clock: temp.clock });
  expect(await commitDuring(restoring)).toBeGreaterThan(0);
  expect(unwrap(await restoring).workspace).toEqual(temp.info);
});

it("a backup that is cancelled leaves nothing behind, and one beside it is not disturbed", async () => {
  const cancel = new AbortController();
  const cancelled = createBackup(held.db, context(), { signal: cancel.signal });
  const other = createBackup(held.db, context());
  cancel.abort();
  await expect(cancelled).rejects.toThrow("aborted");
  const { path } = unwrap(await other);
  expect(readdirSync(backupsPath(temp.dir)).map((name) => join(backupsPath(temp.dir), name))).toEqual([path]);
  await expect(createBackup(held.db, context(), { signal: cancel.signal })).rejects.toThrow("aborted");
});

it("a backup that kill -9 cut short is swept away at the next start, and before the next backup", async () => {
  held.close();
  const child = spawn(process.execPath, ["--conditions=source", BACK_UP, temp.dir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  expect(said.toString()).toContain("writing");
  child.kill("SIGKILL");
  await once(child, "exit");
  const left = readdirSync(backupsPath(temp.dir));
  expect(left).toEqual([expect.stringContaining(".partial")]);
  expect(listBackups(temp.dir)).toEqual([]);
  held = temp.open();
  expect(readdirSync(backupsPath(temp.dir))).toEqual([]);
  const remains = join(backupsPath(temp.dir), left[0] ?? "");
  mkdirSync(remains);
  unwrap(await createBackup(held.db, context()));
  expect(existsSync(remains)).toBe(false);
});

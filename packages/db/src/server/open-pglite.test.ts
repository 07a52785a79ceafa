import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { fromEmptyCluster } from "./empty-cluster.ts";
import { migrateServerSchema } from "./migrations.ts";
import { openPglite } from "./open-pglite.ts";
import { loadSigningKeys } from "./signing-keys.ts";

describe("the embedded database", { timeout: 60_000 }, () => {
  const directories: string[] = [];
  afterEach(() => {
    for (const directory of directories.splice(0)) fs.rmSync(directory, { recursive: true, force: true });
  });

  async function open(directory: string) {
    const opened = await openPglite(directory);
    if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.detail}`);
    return opened.value;
  }

  function newDirectory(): string {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "pglite-"));
    directories.push(directory);
    return directory;
  }

  it("starts from the cluster that the build left, and not by initdb", () => {
    expect(fromEmptyCluster().loadDataDir?.size).toBeGreaterThan(1_000_000);
  });

  it("is made anew when the first start was killed half-way", async () => {
    const directory = newDirectory();
    fs.mkdirSync(path.join(directory, "pg"));
    fs.writeFileSync(path.join(directory, "pg", "PG_VERSION"), "18\n");
    fs.writeFileSync(path.join(directory, "pg.unfinished"), "");
    const database = await open(directory);
    await migrateServerSchema(database.db);
    await database.close();
    expect(fs.readdirSync(directory)).not.toContain("pg.unfinished");
  });

  it("keeps what it holds from one start to the next", async () => {
    const directory = newDirectory();
    const first = await open(directory);
    await migrateServerSchema(first.db);
    const keys = await loadSigningKeys(first.db, 0);
    await first.close();
    const second = await open(directory);
    expect(await loadSigningKeys(second.db, 0)).toEqual(keys);
    await second.close();
  });
});

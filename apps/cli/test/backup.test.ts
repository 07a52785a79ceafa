import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { collect, runCli, startCli, temporaryFolder } from "./run-cli.ts";

const GUIDE = new URL("../../../docs/guide/backup.md", import.meta.url);

/** The commands of the guide, as arguments. */
function commandsOfGuide(backup: string): string[][] {
  const blocks = readFileSync(GUIDE, "utf8").matchAll(/```sh\n([\s\S]*?)```/g);
  return [...blocks]
    .flatMap(([, text = ""]) => text.trim().split("\n"))
    .map((line) => line.split(" ").slice(1))
    .map((words) => words.map((word) => (word === '"$BACKUP"' ? backup : word)));
}

async function place() {
  const home = temporaryFolder();
  const dir = join(home, "air");
  mkdirSync(dir);
  const env = { ECOLOCAL_DATA_DIR: join(home, "data"), ECOLOCAL_CONFIG_DIR: join(home, "config"), TZ: "UTC" };
  const run = (...args: string[]) => runCli(args, { cwd: dir, env });
  await run("init", dir, "--name", "Our street");
  return { home, dir, run, env };
}

it("the commands of the backup guide work as printed", async () => {
  const { run, dir } = await place();
  const made = JSON.parse((await run("backup", "create", "--json")).stdout);
  expect(made).toMatchObject({ reason: "manual", workspaceName: "Our street" });
  for (const command of commandsOfGuide(made.path)) {
    const result = await run(...command, ...(command.includes("restore") ? ["--workspace", dir] : []));
    expect({ command, status: result.status, stderr: result.stderr }).toMatchObject({ status: 0 });
  }
});

it("a damaged workspace is restored from its newest whole backup, and a damaged backup is refused", async () => {
  const { run, dir, home } = await place();
  const { path } = JSON.parse((await run("backup", "create", "--json")).stdout);
  writeFileSync(join(dir, "workspace.db"), "no database");
  expect(await run("status", "--workspace", dir)).toMatchObject({ status: 7 });
  const target = join(home, "restored");
  expect(await run("backup", "restore", target, "--workspace", dir)).toMatchObject({ status: 0 });
  expect((await run("status", "--workspace", target)).stdout).toContain("Our street");
  writeFileSync(join(path, "workspace.db"), "cut off");
  expect(await run("backup", "verify", path)).toMatchObject({ status: 7 });
  expect(await run("backup", "verify", "--workspace", dir)).toMatchObject({ status: 7 });
  const { backups } = JSON.parse((await run("backup", "list", "--workspace", dir, "--json")).stdout);
  expect(backups).toMatchObject([{ path, isWhole: false, checkedAt: expect.any(String) }]);
  expect(await run("backup", "restore", join(home, "third"), "--from", path)).toMatchObject({ status: 7 });
});

it("a backup is made while another process has the workspace open", async () => {
  const { run, dir, env } = await place();
  const agent = startCli(["agent", "--workspace", dir], { cwd: dir, env });
  const owner = async () => JSON.parse((await run("status", "--json")).stdout).owner.role;
  await expect.poll(owner, { timeout: 30_000 }).toBe("agent");
  expect(await run("backup", "create")).toMatchObject({ status: 0 });
  expect(await run("backup", "verify")).toMatchObject({ status: 0 });
  expect(agent.exitCode).toBeNull();
});

it("Ctrl-C ends a backup, and nothing of it is left", async () => {
  const { run, dir, env } = await place();
  const db = new DatabaseSync(join(dir, "workspace.db"));
  db.exec(`CREATE TABLE ballast AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)
    SELECT randomblob(1000000) AS bytes FROM n`);
  db.close();
  const making = startCli(["backup", "create"], { cwd: dir, env });
  const ended = collect(making);
  const backups = join(dir, "backups");
  await expect
    .poll(() => existsSync(backups) && readdirSync(backups).length > 0, { interval: 1, timeout: 30_000 })
    .toBe(true);
  making.kill("SIGINT");
  expect(await ended).toMatchObject({ status: 130, stdout: "" });
  expect(readdirSync(backups)).toEqual([]);
  expect(JSON.parse((await run("backup", "list", "--json")).stdout)).toMatchObject({ backups: [] });
});

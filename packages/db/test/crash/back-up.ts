/**
 * A process for crash tests: opens the workspace given as its first argument, begins a backup, and says `writing` as
 * soon as the copy is under way.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createBackup } from "../../src/backup/index.ts";
import { backupsPath, openWorkspace } from "../../src/workspace/index.ts";

const [dir = ""] = process.argv.slice(2);
const context = { clock: { now: () => Date.now() }, appVersion: "0.0.0-test" };
const opened = openWorkspace(dir, { pid: process.pid, role: "agent", socketPath: null, since: Date.now() }, context);
if (!opened.ok) process.exit(3);
void createBackup(opened.value.db, { ...context, reason: "daily" }).then(() => process.stdout.write("done\n"));
setInterval(() => {
  const folder = backupsPath(dir);
  if (!existsSync(folder)) return;
  const isWriting = readdirSync(folder).some((name) => existsSync(join(folder, name, "workspace.db")));
  if (isWriting) process.stdout.write("writing\n");
}, 1);

import { resolve } from "node:path";
import * as Args from "@oclif/core/args";
import { CliFailure } from "../../failure/cli-failure.ts";
import { createProgress } from "../../output/progress.ts";
import { locateWorkspace } from "../../workspace/locate.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class BackupVerify extends WorkspaceCommand {
  static override summary = "Check one backup, or all of a workspace, in full.";
  static override description =
    "Size, checksum, structure of the database and rows per table. Exit code 7 says that one is damaged.";
  static override examples = [
    { description: "All backups of the workspace", command: "<%= config.bin %> backup verify" },
    {
      description: "A copy on another disk",
      command: "<%= config.bin %> backup verify /media/stick/backups/2026-11-25T08-00-00Z",
    },
  ];
  static override args = { backup: Args.string({ description: "Folder of the backup; all when left out." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BackupVerify);
    const output = this.output(flags);
    const { checkBackup, listBackups, verifyBackup } = await import("@ecolocal/engine/backups");
    const paths =
      args.backup === undefined
        ? listBackups(locateWorkspace(flags.workspace, this.environment.workspace)).map(({ path }) => path)
        : [resolve(args.backup)];
    // The workspace's own backups remember when they were checked; others are only read.
    const check: typeof checkBackup =
      args.backup === undefined ? (path, options) => verifyBackup(path, { now: Date.now }, options) : checkBackup;
    const progress = createProgress(!flags.quiet, this.texts);
    const checked: { path: string; whole: boolean; code: string; detail: string }[] = [];
    let failure: CliFailure | undefined;
    for (const [done, path] of paths.entries()) {
      const verified = await check(path, {
        signal: this.interrupted,
        onProgress: ({ doneBytes, totalBytes }) =>
          progress.share(this.say("backup.ofMany", { number: done + 1, total: paths.length }), doneBytes, totalBytes),
      });
      const { code, detail } = verified.ok ? { code: "", detail: "" } : verified.error;
      checked.push({ path, whole: verified.ok, code, detail });
      if (!verified.ok) failure = new CliFailure(verified.error);
    }
    progress.end();
    if (failure !== undefined && args.backup !== undefined) throw failure;
    await output.document({ backups: checked }, () =>
      checked.length === 0
        ? [this.say("backup.none")]
        : checked.map(({ path, whole, detail }) =>
            whole ? `${output.painter.green("✓")} ${path}` : `${output.painter.yellow("!")} ${path}: ${detail}`,
          ),
    );
    if (failure !== undefined) process.exitCode = 7;
  }
}

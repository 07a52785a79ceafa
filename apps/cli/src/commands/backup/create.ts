import { createShow } from "../../output/show.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class BackupCreate extends WorkspaceCommand {
  static override summary = "Back the workspace up now, while it goes on working.";
  static override description =
    "Writes a consistent copy into the workspace's folder `backups` and checks it. Backups made by hand are kept for good.";
  static override examples = [{ description: "Before a journey", command: "<%= config.bin %> backup create" }];

  async run(): Promise<void> {
    const { flags } = await this.parse(BackupCreate);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    output.note("Writing and checking the copy …");
    const backup = await engine.call("backup.create", {}, { signal: this.interrupted });
    await output.document({ ...backup, createdAt: new Date(backup.createdAt).toISOString() }, () => [
      `${output.painter.green("✓")} Backed up and checked: ${createShow(this.environment.locale).bytes(backup.bytes)}`,
      `  ${backup.path}`,
    ]);
  }
}

import { resolve } from "node:path";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../../failure/cli-failure.ts";
import { locateWorkspace } from "../../workspace/locate.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class BackupRestore extends WorkspaceCommand {
  static override summary = "Make a new workspace out of the newest backup that is whole.";
  static override description =
    "The workspace it comes from is only read and stays as it is, damaged or not; the new one is opened next.";
  static override examples = [
    {
      description: "After WORKSPACE_CORRUPT",
      command: "<%= config.bin %> backup restore ~/air-restored --workspace ~/air",
    },
  ];
  static override args = {
    target: Args.string({ description: "Folder of the new workspace; empty, or not there yet.", required: true }),
  };

  static override flags = {
    from: Flags.string({ summary: "Folder of the backup to take, instead of the newest that is whole." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(BackupRestore);
    const output = this.output(flags);
    const { restoreChosen, restoreNewestGood } = await import("@ecolocal/engine/backups");
    const target = resolve(args.target);
    const restored =
      flags.from === undefined
        ? await restoreNewestGood(locateWorkspace(flags.workspace, this.environment.workspace), target)
        : await restoreChosen(resolve(flags.from), target);
    if (!restored.ok) throw new CliFailure(restored.error);
    const { backedUpAt, ...made } = restored.value;
    for (const path of made.damaged) output.warn(this.say("backup.passedOver", { path }));
    await output.document({ ...made, backedUpAt: new Date(backedUpAt).toISOString() }, () => [
      `${output.painter.green("✓")} ${this.say("backup.restored", { name: made.name, folder: made.dir })}`,
      `  ${this.say("backup.asOf", { time: this.show.time(backedUpAt) })}`,
    ]);
  }
}

import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncLeave extends WorkspaceCommand {
  static override summary = "Leave the group; everything that is here stays here.";
  static override examples = [{ description: "Leave", command: "<%= config.bin %> sync leave" }];
  static override flags = {
    "dry-run": Flags.boolean({ char: "n", summary: "Print which group would be left, and what is not sent yet." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncLeave);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const before = await engine.call("sync.status", {});
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, server: before.server, waitingChanges: before.waitingChanges }, () => [
        before.server === null ? this.say("sync.noGroup") : this.say("sync.wouldLeave", { server: before.server }),
        ...(before.waitingChanges > 0 ? [`  ${this.say("sync.wouldLose", { changes: before.waitingChanges })}`] : []),
      ]);
      return;
    }
    const status = await engine.call("sync.leave", {});
    await output.document(status, () => [
      `${output.painter.green("✓")} ${this.say("sync.left", { server: before.server ?? "" })}`,
    ]);
  }
}

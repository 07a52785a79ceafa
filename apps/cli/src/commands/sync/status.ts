import { syncFields } from "../../sync/sync-lines.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncStatus extends WorkspaceCommand {
  static override summary = "Show whether everything is shared, and what still waits.";
  static override examples = [
    { description: "Is my work at the others'?", command: "<%= config.bin %> sync status" },
    { description: "For a script", command: "<%= config.bin %> sync status --json" },
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncStatus);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const status = await engine.call("sync.status", {});
    await output.document(status, () => syncFields(status, this.texts));
    if (status.state === "local") output.note(this.say("sync.shareIt"));
  }
}

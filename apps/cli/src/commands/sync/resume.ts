import { syncSentence } from "../../sync/sync-lines.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncResume extends WorkspaceCommand {
  static override summary = "Go on exchanging after a pause.";
  static override examples = [{ description: "Back at home", command: "<%= config.bin %> sync resume" }];

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncResume);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const status = await engine.call("sync.pause", { paused: false });
    await output.document(status, () => [`${output.painter.green("✓")} ${syncSentence(status, this.texts)}`]);
  }
}

import { syncSentence } from "../../sync/sync-lines.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncPause extends WorkspaceCommand {
  static override summary = "Stop exchanging for a while; changes wait.";
  static override examples = [{ description: "On a metered connection", command: "<%= config.bin %> sync pause" }];

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncPause);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const status = await engine.call("sync.pause", { paused: true });
    await output.document(status, () => [`${output.painter.green("✓")} ${syncSentence(status, this.texts)}`]);
  }
}

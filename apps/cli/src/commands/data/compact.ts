import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataCompact extends WorkspaceCommand {
  static override summary = "Compress the readings that wait for it.";
  static override description = "This happens by itself while a workspace is open; Ctrl-C stops it at any time.";
  static override examples = [
    { description: "Before copying a workspace", command: "<%= config.bin %> data compact --today" },
  ];
  static override flags = { today: Flags.boolean({ summary: "Also the day that still goes on." }) };

  async run(): Promise<void> {
    const { flags } = await this.parse(DataCompact);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const report = await engine.call("data.compact", { today: flags.today }, { signal: this.interrupted });
    await output.document(report, () => [
      `${output.painter.green("✓")} ${report.readings} readings compressed, ${report.merged} long blocks made.`,
    ]);
  }
}

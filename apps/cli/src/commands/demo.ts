import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Demo extends WorkspaceCommand {
  static override summary = "Make the demo workspace, filled with simulated readings, and use it from now on.";
  static override examples = [
    { description: "Make it, then look around", command: "<%= config.bin %> demo && <%= config.bin %> recommend list" },
    { description: "Start over", command: "<%= config.bin %> demo --reset" },
  ];
  static override flags = {
    reset: Flags.boolean({ summary: "Put the demo back to how it began." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Demo);
    const output = this.output(flags);
    const { demoWorkspace } = await import("../workspace/found.ts");
    output.note("Preparing the demo …");
    const dir = await demoWorkspace(this.config.version);
    const engine = await this.engine({ workspace: dir });
    const status = await engine.call(flags.reset ? "demo.reset" : "workspace.status", {});
    await output.document(status, () => [
      `${output.painter.green("✓")} The demo is in ${status.path}, with ${status.counts.readings} simulated readings.`,
      "  See what they justify: ecolocal recommend list",
      "  Open it in the browser: ecolocal open",
    ]);
  }
}

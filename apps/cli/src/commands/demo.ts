import { lastWorkspace } from "@ecolocal/engine/config";
import * as Flags from "@oclif/core/flags";
import { statusDocument } from "../workspace/status-document.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Demo extends WorkspaceCommand {
  static override summary = "Make the demo workspace, filled with invented readings.";
  static override description =
    "Commands use it until you have a workspace of your own; then name it with --workspace.";
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
    output.note(this.say("demo.preparing"));
    const dir = await demoWorkspace(this.config.version);
    const engine = await this.engine({ workspace: dir });
    const status = await engine.call(flags.reset ? "demo.reset" : "workspace.status", {});
    const named = lastWorkspace() === undefined ? "" : ` --workspace ${status.path}`;
    await output.document(statusDocument(status), () => [
      `${output.painter.green("✓")} ${this.say("demo.made", { folder: status.path, readings: status.counts.readings })}`,
      `  ${this.say("demo.ideas", { command: `ecolocal recommend list${named}` })}`,
      `  ${this.say("demo.open", { command: `ecolocal open${named}` })}`,
    ]);
  }
}

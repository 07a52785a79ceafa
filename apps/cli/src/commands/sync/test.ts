import * as Args from "@oclif/core/args";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncTest extends WorkspaceCommand {
  static override summary = "Ask an address whether a sync server answers there.";
  static override examples = [
    { description: "Your group's server", command: "<%= config.bin %> sync test sync.example.org" },
  ];
  static override args = { server: Args.string({ description: "Address of the server.", required: true }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SyncTest);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const answer = await engine.call("sync.test", { server: args.server });
    const { min, max } = answer.protocol;
    await output.document(answer, () => [
      `${output.painter.green("✓")} ${this.say("sync.answers", { server: answer.server })}`,
      ["Encrypted", this.say(answer.encrypted ? "yes" : "no")],
      ["Protocol", min === max ? `${min}` : `${min} to ${max}`],
      ["Answered in", `${answer.answeredInMs} ms`],
    ]);
  }
}

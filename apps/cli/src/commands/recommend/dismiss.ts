import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class RecommendDismiss extends WorkspaceCommand {
  static override summary = "Dismiss an idea, and say why; it is suggested less.";
  static override examples = [
    {
      description: "Not now",
      command: '<%= config.bin %> recommend dismiss water.rain-garden --reason "No garden here"',
    },
    {
      description: "The judgement is wrong",
      command:
        '<%= config.bin %> recommend dismiss water.rain-garden --wrong --reason "The sensor hung above the stove"',
    },
    { description: "Take it back", command: "<%= config.bin %> recommend dismiss water.rain-garden --undo" },
  ];
  static override args = { idea: Args.string({ description: "Id of the idea.", required: true }) };
  static override flags = {
    reason: Flags.string({ char: "r", summary: "Why, in a few words.", default: "" }),
    wrong: Flags.boolean({ summary: "The idea rests on a mistake, rather than being unwanted." }),
    undo: Flags.boolean({ summary: "Take the dismissal back.", exclusive: ["wrong", "reason", "dry-run"] }),
    "dry-run": Flags.boolean({ char: "n", summary: "Print what would be dismissed." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RecommendDismiss);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    if (flags["dry-run"]) {
      const { id, title } = await engine.call("recommendation.get", { id: args.idea });
      await output.document({ dryRun: true, id, title }, () => [this.say("recommend.wouldDismiss", { title })]);
      return;
    }
    const idea = flags.undo
      ? await engine.call("recommendation.reconsider", { id: args.idea })
      : await engine.call("recommendation.dismiss", {
          id: args.idea,
          kind: flags.wrong ? "wrong" : "dismissed",
          reason: flags.reason,
        });
    const { title } = idea;
    const done = this.say(flags.undo ? "recommend.suggested" : "recommend.dismissed", { title });
    await output.document(idea, () => [`${output.painter.green("✓")} ${done}`]);
  }
}

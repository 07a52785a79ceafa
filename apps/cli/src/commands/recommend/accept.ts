import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class RecommendAccept extends WorkspaceCommand {
  static override summary = "Accept an idea: it becomes a project with its tasks.";
  static override examples = [
    { description: "Start the project", command: "<%= config.bin %> recommend accept air.box-fan-cleaners" },
    {
      description: "Under a name of one's own, for three rooms",
      command: '<%= config.bin %> recommend accept air.box-fan-cleaners --title "Filters for the school" --units 3',
    },
  ];
  static override args = { idea: Args.string({ description: "Id of the idea.", required: true }) };
  static override flags = {
    title: Flags.string({ summary: "Name of the project." }),
    units: Flags.string({ summary: "How many units (trees, rooms, barrels) are planned." }),
    "dry-run": Flags.boolean({ char: "n", summary: "Print what would be started." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RecommendAccept);
    const output = this.output(flags);
    const units = flags.units === undefined ? undefined : positive(flags.units);
    const engine = await this.engine(flags);
    if (flags["dry-run"]) {
      const idea = await engine.call("recommendation.get", { id: args.idea });
      const title = flags.title ?? idea.title;
      await output.document({ dryRun: true, id: idea.id, title, taskCount: idea.taskCount }, () => [
        this.say("recommend.wouldStart", { title, tasks: idea.taskCount }),
      ]);
      return;
    }
    const underWay = (await engine.call("project.list", {})).find(({ recommendationId, status }) => {
      return recommendationId === args.idea && status !== "done";
    });
    const project = await engine.call("recommendation.accept", {
      id: args.idea,
      ...(flags.title === undefined ? {} : { title: flags.title }),
      ...(units === undefined ? {} : { units }),
    });
    if (underWay !== undefined) output.warn(this.say("recommend.again", { title: underWay.title }));
    await output.document(project, () => [
      `${output.painter.green("✓")} ${this.say("recommend.started", { title: project.title, tasks: project.tasks.length })}`,
      `  ${this.say("recommend.next", { task: project.nextTask ?? this.say("recommend.nothingLeft") })}`,
      `  ${this.say("recommend.see", { command: `ecolocal project show ${project.id}` })}`,
    ]);
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw usageFailure("accept", text, `"${text}" is no positive number.`, "Write --units 3");
}

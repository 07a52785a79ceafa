import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findProject, findTask } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const STATUSES = ["todo", "doing", "waiting", "done"] as const;

export default class ProjectTask extends WorkspaceCommand {
  static override summary = "Say how far a task of a project is.";
  static override examples = [
    {
      description: "The first task is done",
      command: '<%= config.bin %> project task "Filters for the school" 1 done',
    },
    { description: "By name", command: '<%= config.bin %> project task 01JDQZ5E "Buy the filters" doing --json' },
  ];
  static override args = {
    project: Args.string({ description: "Title, id or the beginning of the id.", required: true }),
    task: Args.string({ description: "Number in `project show`, name or id.", required: true }),
    status: Args.string({ description: "How far it is.", options: [...STATUSES], required: true }),
  };
  static override flags = {
    "dry-run": Flags.boolean({ char: "n", summary: "Print what would change." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectTask);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { id } = findProject(args.project, await engine.call("project.list", {}));
    const task = findTask(args.task, await engine.call("project.get", { projectId: id }));
    const status = STATUSES.find((known) => known === args.status) ?? "todo";
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, task, status }, () => [
        this.say("project.wouldSet", { task: task.name, status }),
      ]);
      return;
    }
    const changed = await engine.call("project.setTaskStatus", { projectId: id, taskId: task.id, status });
    const { tasksDone: done, tasksTotal: total, nextTask } = changed.project;
    const progress = this.say("project.progress", { done, total });
    const told = { task: changed.task.name, status: changed.task.status };
    await output.document(changed, () => [
      `${output.painter.green("✓")} ${this.say("project.set", told)}`,
      `  ${this.say("project.progressNext", { progress, task: nextTask ?? this.say("nothing") })}`,
    ]);
  }
}

import type { ProjectView, TaskView } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import type { Field, Output } from "../../output/output.ts";
import { findProject } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class ProjectShow extends WorkspaceCommand {
  static override summary = "Show one project: its tasks, dates, budget and risks.";
  static override examples = [
    { description: "By title", command: '<%= config.bin %> project show "Filters for the school"' },
    { description: "By id, for a script", command: "<%= config.bin %> project show 01JDQZ5E8K9V1T3M7RHC2WXA4B --json" },
  ];
  static override args = {
    project: Args.string({ description: "Title, id or the beginning of the id.", required: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectShow);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { id } = findProject(args.project, await engine.call("project.list", {}));
    const project = await engine.call("project.get", { projectId: id });
    await output.document(project, () => this.describe(project, output));
  }

  private describe(project: ProjectView, { painter }: Output): (string | Field)[] {
    const { show } = this;
    const { tasksDone: done, tasksTotal: total } = project;
    const numbers = new Map(project.tasks.map(({ id }, index) => [id, index + 1]));
    const status = this.texts.message(`projectStatus.${project.status}`);
    const section = (title: string, lines: readonly (string | Field)[]): (string | Field)[] =>
      lines.length === 0 ? [] : ["", painter.bold(this.label(title)), ...lines];
    return [
      painter.bold(project.title),
      project.summary,
      ["Status", this.say("project.statusLine", { status, progress: this.say("project.progress", { done, total }) })],
      ["Why", project.why],
      ["Units", `${show.number(project.units)} ${project.unitName}`],
      ["Expected end", project.expectedEndOn ?? "–"],
      "",
      painter.bold(this.label("Tasks")),
      ...project.tasks.map((task, index) => this.taskLine(task, index + 1, numbers)),
      ...section(
        "Budget",
        project.budget.map(({ name, cost, currency }): Field => [name, show.span(cost.lo, cost.hi, currency)]),
      ),
      ...section(
        "Material",
        project.materials.map(({ name, quantity, unit }): Field => [name, show.measured(quantity, unit)]),
      ),
      ...section(
        "Risks",
        project.risks.map(({ risk, response }) => `- ${risk}: ${response}`),
      ),
    ];
  }

  private taskLine(task: TaskView, number: number, numbers: ReadonlyMap<string, number>): string {
    const { lo, hi } = task.durationDays;
    const after = task.dependsOn.flatMap((id) => numbers.get(id) ?? []);
    const dates = task.startOn === null ? "" : `  ${task.startOn} → ${task.endOn ?? "?"}`;
    const waits = after.length === 0 ? "" : `  ${this.say("project.after", { tasks: after.join(", ") })}`;
    const head = `[${MARKS[task.status]}] ${String(number).padStart(2)}. ${task.name}`;
    return `${head}  (${this.show.span(lo, hi, "d")})${dates}${waits}`;
  }
}

const MARKS = { todo: " ", doing: "~", waiting: "…", done: "x" } as const;

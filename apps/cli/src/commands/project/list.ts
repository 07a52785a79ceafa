import type { ProjectSummary } from "@ecolocal/core/api";
import { listFlags } from "../../base-command.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class ProjectList extends WorkspaceCommand {
  static override summary = "List projects, with what is done and what comes next.";
  static override examples = [
    { description: "All projects", command: "<%= config.bin %> project list" },
    {
      description: "Active ones, for a script",
      command: "<%= config.bin %> project list --filter status=active --format ndjson",
    },
  ];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(ProjectList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const projects = await engine.call("project.list", {});
    await output.list("projects", projects, columns);
    if (projects.length === 0) output.note(this.say("project.none"));
  }
}

const columns: Column<ProjectSummary>[] = [
  { key: "title", header: "PROJECT", value: ({ title }) => title },
  { key: "status", header: "STATUS", value: ({ status }) => status },
  { key: "done", header: "TASKS", align: "right", value: ({ tasksDone, tasksTotal }) => `${tasksDone}/${tasksTotal}` },
  { key: "next", header: "NEXT", value: ({ nextTask }) => nextTask },
  { key: "end", header: "EXPECTED END", value: ({ expectedEndOn }) => expectedEndOn },
  { key: "id", header: "ID", value: ({ id }) => id },
];

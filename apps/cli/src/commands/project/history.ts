import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import { listFlags } from "../../base-command.ts";
import { createShow } from "../../output/show.ts";
import type { Column } from "../../output/table.ts";
import { findProject } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time, bytes: size } = createShow("en");

export default class ProjectHistory extends WorkspaceCommand {
  static override summary = "List the earlier versions of a project.";
  static override examples = [
    { description: "What was when", command: '<%= config.bin %> project history "Clean air in the school"' },
  ];
  static override args = {
    project: Args.string({ description: "Title, id or the beginning of the id.", required: true }),
  };
  static override flags = listFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectHistory);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { id } = findProject(args.project, await engine.call("project.list", {}));
    const versions = await engine.call("history.list", { projectId: id });
    await output.list("versions", versions, columns);
    if (versions.length === 0) output.note(this.say("project.noVersion"));
  }
}

const columns: Column<{ readonly at: number; readonly bytes: number }>[] = [
  { key: "at", header: "VERSION", value: ({ at }) => instantToIso(at), show: ({ at }) => time(at) },
  { key: "size", header: "SIZE", align: "right", value: ({ bytes }) => bytes, show: ({ bytes }) => size(bytes) },
];

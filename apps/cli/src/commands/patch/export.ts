import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findProject } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class PatchExport extends WorkspaceCommand {
  static override summary = "Write the shared documents into one signed file, for a USB stick.";
  static override examples = [
    { description: "Everything", command: "<%= config.bin %> patch export" },
    {
      description: "One project",
      command: '<%= config.bin %> patch export school.ecolocal-patch --project "Clean air in the school"',
    },
  ];
  static override args = { file: Args.string({ description: "Where to write it; a name with the day otherwise." }) };
  static override flags = {
    project: Flags.string({ summary: "Only this project: title, id or the beginning of the id.", multiple: true }),
    name: Flags.string({ summary: "Your name, where this workspace belongs to no group." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PatchExport);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const projects = flags.project === undefined ? [] : await engine.call("project.list", {});
    const documentIds = flags.project?.map((typed) => `project~${findProject(typed, projects).id}`);
    const patch = await engine.call("patch.export", {
      ...(documentIds === undefined ? {} : { documentIds }),
      ...(flags.name === undefined ? {} : { userName: flags.name }),
    });
    const path = resolve(args.file ?? patch.fileName);
    await writeFile(path, patch.data);
    const { documents } = patch;
    await output.document({ path, documents, bytes: patch.data.byteLength }, () => [
      `${output.painter.green("✓")} ${this.say("patch.wrote", { documents, path })}`,
    ]);
  }
}

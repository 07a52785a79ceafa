import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../../failure/cli-failure.ts";
import { parseInstant } from "../../input/time.ts";
import { createShow } from "../../output/show.ts";
import { findProject } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

export default class ProjectRevert extends WorkspaceCommand {
  static override summary = "Go back to an earlier version of a project.";
  static override description =
    "The version of that time, or the last one before it, is written as new edits: what is now stays as a version.";
  static override examples = [
    {
      description: "As it was this morning",
      command: '<%= config.bin %> project revert "Clean air in the school" 2026-11-25T08:00',
    },
  ];
  static override args = {
    project: Args.string({ description: "Title, id or the beginning of the id.", required: true }),
    time: Args.string({ description: "Time of the version.", required: true }),
  };
  static override flags = { "dry-run": Flags.boolean({ char: "n", summary: "Print which version it would be." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ProjectRevert);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { id, title } = findProject(args.project, await engine.call("project.list", {}));
    const wanted = parseInstant(args.time, Date.now());
    const versions = await engine.call("history.list", { projectId: id });
    // A time as people type it has whole seconds; a version has milliseconds.
    const version = versions.find(({ at }) => at < wanted + 1000);
    if (version === undefined) throw new CliFailure(nothingThen(title, args.time));
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, version }, () => [
        this.say("project.wouldRevert", { time: time(version.at) }),
      ]);
      return;
    }
    const project = await engine.call("history.restore", { projectId: id, at: version.at });
    await output.document(project, () => [
      `${output.painter.green("✓")} ${this.say("project.reverted", { title, time: time(version.at) })}`,
    ]);
  }
}

function nothingThen(title: string, typed: string) {
  const detail = `"${title}" has no version of ${typed} or before.`;
  return { code: "DOCUMENT_VERSION_NOT_FOUND", op: "project revert", subject: title, detail, retry: "never" } as const;
}

import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { readBytes } from "../../sync/patch-bytes.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class PatchImport extends WorkspaceCommand {
  static override summary = "Merge the documents of a patch file; a backup is made first.";
  static override description =
    "Members of your group are known by their keys. For anybody else compare the fingerprint, then add --trust.";
  static override examples = [
    { description: "From a member", command: "<%= config.bin %> patch import school.ecolocal-patch" },
    {
      description: "From somebody new, after comparing the fingerprint",
      command: "<%= config.bin %> patch import school.ecolocal-patch --trust",
    },
  ];
  static override args = { file: Args.string({ description: "The patch file.", required: true }) };
  static override flags = { trust: Flags.boolean({ summary: "Trust the key that signed it, now and later." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PatchImport);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const report = await engine.call("patch.import", { data: await readBytes(args.file), trust: flags.trust });
    await output.document(report, () => [
      `${output.painter.green("✓")} ${this.say("patch.imported", { changed: report.changed, unchanged: report.unchanged })}`,
      ...report.refused.map(({ documentId, code }) => `  ${this.say("patch.refused", { document: documentId, code })}`),
      ...(report.backup === null ? [] : [`  ${this.say("sync.backupBefore", { path: report.backup })}`]),
    ]);
    if (report.refused.length > 0) process.exitCode = 3;
  }
}

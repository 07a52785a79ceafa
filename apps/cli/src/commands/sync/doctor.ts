import type { DoctorReport } from "@ecolocal/core/api";
import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

const WORDS: Readonly<Record<DoctorReport["documents"][number]["finding"], string>> = {
  same: "the same here and there",
  "only-here": "only here",
  "only-there": "only on the server",
  differs: "differs from the server's",
  repaired: "repaired",
  unreadable: "cannot be read here",
};

export default class SyncDoctor extends WorkspaceCommand {
  static override summary = "Compare every document with the server's, and name those that differ.";
  static override description =
    "With --repair, a backup is made and the differing documents are exchanged in full. Nothing is reset.";
  static override examples = [
    { description: "Look only", command: "<%= config.bin %> sync doctor" },
    { description: "Put it right", command: "<%= config.bin %> sync doctor --repair" },
  ];
  static override flags = { repair: Flags.boolean({ summary: "Exchange the differing documents in full." }) };

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncDoctor);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const report = await engine.call("sync.doctor", { repair: flags.repair });
    const sick = report.documents.filter(({ finding }) => finding !== "same");
    const left = sick.filter(({ finding }) => finding !== "repaired");
    await output.document(report, () => [
      left.length === 0
        ? `${output.painter.green("✓")} ${this.say("sync.sameAll", { count: report.documents.length })}`
        : `${output.painter.yellow("!")} ${this.say("sync.sameNot", { left: left.length, count: report.documents.length })}`,
      ...sick.map(({ title, finding, code }) => `  ${title}: ${WORDS[finding]}${code === null ? "" : ` (${code})`}`),
      ...(report.backup === null ? [] : [`  ${this.say("sync.backupBefore", { path: report.backup })}`]),
    ]);
    if (left.length === 0) return;
    process.exitCode = 3;
    if (!flags.repair) output.note(this.say("sync.repairWith"));
  }
}

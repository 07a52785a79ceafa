import { syncSentence } from "../../sync/sync-lines.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncNow extends WorkspaceCommand {
  static override summary = "Exchange everything with the group's server now.";
  static override description = "Works while sync is paused, too. What cannot be sent keeps waiting; nothing is lost.";
  static override examples = [
    { description: "Before closing the lid", command: "<%= config.bin %> sync now" },
    { description: "Every hour, from cron", command: "<%= config.bin %> sync now --quiet" },
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncNow);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const report = await engine.call("sync.now", {});
    const { received, sent, readings, status } = report;
    const mark = status.state === "attention" ? output.painter.yellow("!") : output.painter.green("✓");
    await output.document(report, () => [
      `${mark} ${syncSentence(status, this.texts)}`,
      `  ${this.say("sync.exchanged", { received, sent })}`,
      ...(readings.sent + readings.received === 0 ? [] : [`  ${this.say("sync.readingDays", { ...readings })}`]),
    ]);
  }
}

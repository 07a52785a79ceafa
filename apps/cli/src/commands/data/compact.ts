import * as Flags from "@oclif/core/flags";
import { createProgress } from "../../output/progress.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataCompact extends WorkspaceCommand {
  static override summary = "Compress the readings that wait for it.";
  static override description = [
    "This happens by itself while a workspace is open; Ctrl-C stops it at any time, and nothing is lost then.",
    "--pause holds the compression in the background back until --resume, also over restarts.",
  ].join("\n");
  static override examples = [
    { description: "Before copying a workspace", command: "<%= config.bin %> data compact --today" },
    { description: "Not on this slow disk, not now", command: "<%= config.bin %> data compact --pause" },
  ];
  static override flags = {
    today: Flags.boolean({ summary: "Also the day that still goes on." }),
    pause: Flags.boolean({ summary: "Compress nothing in the background.", exclusive: ["resume", "today"] }),
    resume: Flags.boolean({ summary: "Let it go on in the background.", exclusive: ["today"] }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(DataCompact);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    if (flags.pause || flags.resume) {
      const { compressionPaused } = await engine.call("data.pauseCompression", { paused: !flags.resume });
      await output.document({ compressionPaused }, () => [
        compressionPaused ? "Paused. Readings are kept as they come." : "It goes on in the background.",
      ]);
      return;
    }
    const progress = createProgress(!flags.quiet, this.texts);
    for await (const event of engine.stream("data.compact", { today: flags.today }, { signal: this.interrupted })) {
      if (event.kind === "progress") {
        progress.share(`${event.done} of ${event.total} readings`, event.done, event.total);
        continue;
      }
      progress.end();
      const { kind: _, ...report } = event;
      await output.document(report, () => [
        `${output.painter.green("✓")} ${this.say("data.compacted", { readings: report.readings, merged: report.merged })}`,
      ]);
    }
  }
}

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findChannel } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class ShareExport extends WorkspaceCommand {
  static override summary = "Write one channel on one day as the signed file that sharing sends.";
  static override description =
    "Anybody can check it with `ecolocal share verify`: whose device measured it, and that nothing in it was changed.";
  static override examples = [
    { description: "A day as evidence", command: "<%= config.bin %> share export pm25@Balcony --day 2026-05-01" },
    {
      description: "Summaries only",
      command: "<%= config.bin %> share export co2 --day 2026-05-01 --detail hourly --output may.ecolocal-segment",
    },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    day: Flags.string({ summary: "Day in UTC, YYYY-MM-DD.", required: true }),
    detail: Flags.option({
      options: ["hourly", "every"] as const,
      summary: "One value an hour, or every reading.",
      default: "every" as const,
    })(),
    output: Flags.string({ char: "o", summary: "File to write; a name with the day otherwise." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ShareExport);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const channel = findChannel(args.channel, await engine.call("channel.list", {}));
    const resolution = flags.detail === "hourly" ? "hourly" : "raw";
    const made = await engine.call("share.exportSegment", { channelId: channel.id, day: flags.day, resolution });
    const path = resolve(flags.output ?? made.fileName);
    await writeFile(path, made.data);
    const { readings, bytes } = made.summary;
    await output.document({ path, ...made.summary }, () => [
      `${output.painter.green("✓")} Wrote ${readings} readings (${bytes} bytes) to ${path}`,
    ]);
  }
}

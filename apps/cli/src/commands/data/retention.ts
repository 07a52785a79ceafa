import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { parseInstant } from "../../input/time.ts";
import { createShow } from "../../output/show.ts";
import { findChannel } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataRetention extends WorkspaceCommand {
  static override summary = "Show what dropping old readings would do, and drop them.";
  static override description = [
    "Nothing is dropped without --apply. The last year stays in any case, and so does the year before each project that",
    "came from an idea: its evidence is in them.",
  ].join("\n");
  static override examples = [
    {
      description: "What would go",
      command: "<%= config.bin %> data retention co2@Kitchen --before 2024-01-01 --preview",
    },
    { description: "Let it go", command: "<%= config.bin %> data retention co2@Kitchen --before 2024-01-01 --apply" },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    before: Flags.string({ summary: "Readings before this time, cut back to a whole UTC day.", required: true }),
    preview: Flags.boolean({ summary: "Only show what would go; this is the default.", exclusive: ["apply"] }),
    apply: Flags.boolean({ summary: "Drop the readings for good." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataRetention);
    const output = this.output(flags);
    const show = createShow(this.environment.locale);
    const engine = await this.engine(flags);
    const channel = findChannel(args.channel, await engine.call("channel.list", {}));
    const before = parseInstant(flags.before, Date.now());
    const report = await engine.call("data.retention", { channelId: channel.id, before, apply: flags.apply });
    await output.document(report, () => [
      `${report.readings} readings (${show.bytes(report.bytes)}) ${flags.apply ? "were dropped" : "would be dropped"}.`,
      ...report.spans.map(({ from, to }) => `  ${show.time(from)} – ${show.time(to)}`),
      `${report.kept} older readings stay: ideas or projects rest on them, or your group does not have them yet.`,
    ]);
    if (!flags.apply && report.readings > 0) output.note("Drop them for good with --apply.");
  }
}

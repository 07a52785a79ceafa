import * as Flags from "@oclif/core/flags";
import { EXIT } from "../../exit-codes.ts";
import { createProgress } from "../../output/progress.ts";
import { uniqueChannelName } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataVerify extends WorkspaceCommand {
  static override summary = "Check that every stored reading is what was written.";
  static override description =
    "Compares each block with its checksum and each summary with its recomputation. Exit code 7 says that damage is left.";
  static override examples = [
    { description: "Look only", command: "<%= config.bin %> data verify" },
    { description: "Compute damaged summaries again", command: "<%= config.bin %> data verify --repair" },
  ];
  static override flags = { repair: Flags.boolean({ summary: "Compute damaged summaries again." }) };

  async run(): Promise<void> {
    const { flags } = await this.parse(DataVerify);
    const output = this.output(flags);
    const { show } = this;
    const engine = await this.engine(flags);
    const progress = createProgress(!flags.quiet, this.texts);
    const options = { signal: this.interrupted };
    for await (const event of engine.stream("data.verify", { repair: flags.repair }, options)) {
      if (event.kind === "progress") {
        progress.share(this.say("data.blocksSoFar", { done: event.done, total: event.total }), event.done, event.total);
        continue;
      }
      progress.end();
      const { kind: _, ...report } = event;
      const channels = report.damage.length === 0 ? [] : await engine.call("channel.list", {});
      const nameOf = (channelId: string): string => {
        const channel = channels.find(({ id }) => id === channelId);
        return channel === undefined ? channelId : uniqueChannelName(channel, channels);
      };
      const left = report.damage.filter(({ repaired }) => !repaired);
      await output.document(report, () => [
        left.length === 0
          ? `${output.painter.green("✓")} ${this.say("data.whole", { readings: report.readings + report.unsealed, blocks: report.blocks })}`
          : `${output.painter.yellow("!")} ${this.say("data.damaged", { count: left.length, blocks: report.blocks })}`,
        ...report.damage.map(
          ({ channelId, from, to, code, repaired }) =>
            `  ${nameOf(channelId)}  ${show.time(from)} – ${show.time(to)}  ${repaired ? this.say("data.repaired") : code}`,
        ),
      ]);
      if (left.length > 0) process.exitCode = EXIT.invalid;
    }
  }
}

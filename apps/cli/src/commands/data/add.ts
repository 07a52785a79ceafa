import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { parseInstant } from "../../input/time.ts";
import { findChannel } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataAdd extends WorkspaceCommand {
  static override summary = "Add a reading by hand: a meter you read, a rain gauge you emptied.";
  static override description =
    "The reading is marked as made by hand. A counter that goes back is refused without --force.";
  static override examples = [
    { description: "The gas meter, now", command: "<%= config.bin %> data add gas_volume@Cellar 1234.567" },
    {
      description: "The rain of this morning",
      command: "<%= config.bin %> data add rain@Garden 4.2 --at 2026-11-25T07:00",
    },
  ];
  static override args = {
    channel: Args.string({ description: "The channel.", required: true }),
    value: Args.string({ description: "The value, in the channel's unit.", required: true }),
  };
  static override flags = {
    at: Flags.string({ summary: "When it was read; now when left out." }),
    force: Flags.boolean({ summary: "Take a counter that is lower than before (it was exchanged)." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataAdd);
    const output = this.output(flags);
    const value = Number(args.value.replace(",", "."));
    if (!Number.isFinite(value))
      throw usageFailure("data add", args.value, `"${args.value}" is no number.`, "Write 1234.567.");
    const now = Date.now();
    const at = flags.at === undefined ? now : parseInstant(flags.at, now);
    const engine = await this.engine(flags);
    const channel = findChannel(args.channel, await engine.call("channel.list", {}));
    const { quantitySpec } = await import("@ecolocal/core/shared");
    const last = channel.latest;
    if (
      quantitySpec(channel.quantity).kind === "counter" &&
      last !== null &&
      at >= last.at &&
      value < last.value &&
      !flags.force
    ) {
      const detail = `The last reading was ${last.value} ${channel.symbol}; a counter does not go back.`;
      throw usageFailure("data add", args.value, detail, "Read it again, or say --force if the meter was exchanged.");
    }
    const report = await engine.call("data.append", { readings: [{ channelId: channel.id, at, value }] });
    const [refused] = report.refused;
    if (refused !== undefined)
      throw usageFailure("data add", args.value, `The reading was refused: ${refused.code}.`, "Check its time.");
    const done = report.inserted > 0 ? "data.added" : report.corrected > 0 ? "data.replaced" : "data.thereAlready";
    await output.document({ channelId: channel.id, at, value, ...report }, () => [
      this.say(done, { value: String(value), unit: channel.symbol }),
    ]);
  }
}

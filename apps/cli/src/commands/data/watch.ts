import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { parseDuration } from "../../input/time.ts";
import { rounded } from "../../output/numbers.ts";
import { findChannel } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DataWatch extends WorkspaceCommand {
  static override summary = "Print the mean of the current minute, hour or other step whenever it changes.";
  static override description =
    "Earlier steps of the last --since are printed again when a late or corrected reading changes them.";
  static override examples = [
    { description: "The current minute of CO2", command: "<%= config.bin %> data watch co2" },
    {
      description: "The current hour, five values as JSON lines",
      command: "<%= config.bin %> data watch co2 --every 1h --count 5 --json",
    },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    every: Flags.string({ summary: "Width of a step: 1m, 1h.", default: "1m" }),
    since: Flags.string({ summary: "How far back steps are looked after: 1h, 24h.", default: "1h" }),
    count: Flags.integer({ char: "n", summary: "End after this many lines.", min: 1 }),
  };

  protected override readonly streaming = true;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataWatch);
    const output = this.output(flags);
    const stepMs = parseDuration(flags.every);
    if (stepMs < 1000) {
      throw usageFailure("watch", flags.every, "A step is a second wide or more.", "Give --every 1s or more.");
    }
    const from = Math.floor((Date.now() - parseDuration(flags.since)) / stepMs) * stepMs;
    const engine = await this.engine(flags, { ingest: true });
    const channel = findChannel(args.channel, await engine.call("channel.list", {}));
    let left = flags.count ?? Number.POSITIVE_INFINITY;
    const query = { channelId: channel.id, from, stepMs };
    for await (const { buckets } of engine.stream("data.watchBuckets", query, { signal: this.interrupted })) {
      for (const [i, at] of buckets.from.entries()) {
        if (left-- <= 0) return;
        const [mean = null, min = null, max = null] = [buckets.mean[i], buckets.min[i], buckets.max[i]].map(rounded);
        const row = {
          from: at,
          mean,
          min,
          max,
          n: buckets.n[i],
          coverage: rounded(buckets.coverage[i]),
          unit: channel.unit,
        };
        await output.item(row, () => `${instantToIso(at)}  ${mean ?? "–"} ${channel.symbol}  (${row.n} samples)`);
      }
      if (left <= 0) return;
    }
  }
}

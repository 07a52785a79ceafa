import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { decimalFlag } from "../../input/decimal-flag.ts";
import { questionFlags } from "../../input/question-flags.ts";
import { parseDuration } from "../../input/time.ts";
import { createShow } from "../../output/show.ts";
import { askedAbout, given, printPlan } from "../../workspace/ask.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

/** Episodes shown to people; machines get all of them. */
const SHOWN_EPISODES = 10;
const HOUR_MS = 3_600_000;

export default class DataExceedance extends WorkspaceCommand {
  static override summary = "Measure how often and how long a channel was above a threshold.";
  static override description =
    "An episode lasts from its first reading above the threshold to its last one; a pause without readings ends it.";
  static override examples = [
    { description: "CO2 above 1000 ppm", command: "<%= config.bin %> data exceedance co2 --above 1000 --since 4w" },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    ...questionFlags,
    above: decimalFlag({ summary: "The threshold, in the unit of the channel.", required: true }),
    "longest-gap": Flags.string({
      summary: "A longer pause without readings ends an episode: 5m, 1h. Three intervals of the channel when left out.",
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataExceedance);
    const output = this.output(flags);
    const show = createShow(this.environment.locale);
    const longest = flags["longest-gap"];
    const longestGapMs = longest === undefined ? undefined : parseDuration(longest);
    const engine = await this.engine(flags);
    const { channel, span } = await askedAbout(engine, args.channel, flags);
    const query = given({ ...span, threshold: flags.above, longestGapMs });
    if (flags.explain) return printPlan(engine, output, { ...query, ask: "exceedance" });
    const answer = await engine.call("data.exceedance", query, { signal: this.interrupted });
    const hours = (ms: number): string => `${show.number(ms / HOUR_MS, 1)} h`;
    const longestFirst = answer.episodes.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, SHOWN_EPISODES);
    await output.document({ channelId: channel.id, threshold: flags.above, unit: channel.unit, ...answer }, () => [
      ["above", show.measured(flags.above, channel.symbol)],
      ["readings", `${answer.exceeding} of ${answer.readings}${shareOf(answer.share, show.number)}`],
      ["time", hours(answer.durationMs)],
      ["episodes", String(answer.episodes.length)],
      ...longestFirst.map(
        ({ from, to, max }) => `${instantToIso(from)} – ${instantToIso(to)}  ${hours(to - from)}, up to ${max}`,
      ),
    ]);
  }
}

function shareOf(share: number | null, number: (value: number, decimals?: number) => string): string {
  return share === null ? "" : ` (${number(share * 100, 1)} %)`;
}

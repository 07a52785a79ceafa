import type { ChannelView } from "@ecolocal/core/api";
import { instantToIso, quantitySpec } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { decimalFlag } from "../../input/decimal-flag.ts";
import { questionFlags, UNITS, zoneFlag } from "../../input/question-flags.ts";
import { parseDuration } from "../../input/time.ts";
import { rounded } from "../../output/numbers.ts";
import type { Column } from "../../output/table.ts";
import { askedAbout, given, printPlan } from "../../workspace/ask.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

interface Row {
  readonly from: number;
  readonly total: number | null;
  readonly estimated: number | null;
  readonly unit: string;
}

interface Question {
  readonly channelId: string;
  readonly from: number;
  readonly to: number;
  readonly unit: (typeof UNITS)[number];
  readonly timeZone?: string;
}

export default class DataTotal extends WorkspaceCommand {
  static override summary = "Add up what a meter counted, or what fell as rain, per day or other period.";
  static override description = [
    "Meters (energy, water, gas) count on and on: what they counted between readings is added up, and neither a reset nor",
    "another meter counts as use. Use across a gap over several periods is spread evenly and shown as estimated.",
    "Rain comes in increments, which are added up as they are.",
  ].join("\n");
  static override examples = [
    { description: "Energy per day", command: "<%= config.bin %> data total energy_import --since 4w" },
    { description: "Rain per month", command: "<%= config.bin %> data total rain --since 52w --every month" },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    ...questionFlags,
    every: Flags.option({ options: UNITS, summary: "Calendar period.", default: "day" as const })(),
    "time-zone": zoneFlag,
    "longest-gap": Flags.string({ summary: "A meter's longest pause that is no gap: 1h, 1d." }),
    "rolls-over-at": decimalFlag({ summary: "Value at which the meter starts again from zero: 100000." }),
    "most-per-hour": decimalFlag({ summary: "More than this an hour is another meter, not use." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataTotal);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { channel, span } = await askedAbout(engine, args.channel, flags);
    const query: Question = given({ ...span, unit: flags.every, timeZone: flags["time-zone"] });
    const kind = kindOf(channel);
    const longest = flags["longest-gap"];
    const counter = given({
      longestGapMs: longest === undefined ? undefined : parseDuration(longest),
      rollsOverAt: flags["rolls-over-at"],
      mostPerHour: flags["most-per-hour"],
    });
    if (flags.explain) {
      return printPlan(engine, output, kind === "sum" ? { ...query, ask: "totals" } : { ...query, ask: "consumption" });
    }
    const rows = kind === "sum" ? this.sums(engine, channel, query) : this.use(engine, channel, { ...query, counter });
    await output.list("periods", await rows, columns);
  }

  private async sums(engine: Engine, { unit }: ChannelView, query: Question): Promise<Row[]> {
    const { from, total } = await engine.call("data.totals", query, { signal: this.interrupted });
    return Array.from(from, (at, i) => ({ from: at, total: rounded(total[i]), estimated: null, unit }));
  }

  private async use(engine: Engine, { unit }: ChannelView, query: Question & { counter: object }): Promise<Row[]> {
    const { from, used, estimated } = await engine.call("data.consumption", query, { signal: this.interrupted });
    return Array.from(from, (at, i) => ({ from: at, total: rounded(used[i]), estimated: rounded(estimated[i]), unit }));
  }
}

function kindOf({ quantity }: ChannelView): "sum" | "counter" {
  const { kind } = quantitySpec(quantity);
  if (kind === "sum" || kind === "counter") return kind;
  const hint = `Ask for its means instead: ecolocal data query ${quantity} --every day`;
  throw usageFailure("total", quantity, `Readings of ${quantity} cannot be added up.`, hint);
}

const columns: Column<Row>[] = [
  { key: "from", header: "FROM (UTC)", value: ({ from }) => instantToIso(from) },
  { key: "total", header: "TOTAL", align: "right", value: ({ total }) => total },
  { key: "estimated", header: "ESTIMATED", align: "right", value: ({ estimated }) => estimated },
  { key: "unit", header: "UNIT", value: ({ unit }) => unit },
];

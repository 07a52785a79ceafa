import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { decimalFlag } from "../../input/decimal-flag.ts";
import { questionFlags } from "../../input/question-flags.ts";
import { rounded } from "../../output/numbers.ts";
import type { Column } from "../../output/table.ts";
import { askedAbout, given, printPlan } from "../../workspace/ask.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

interface Row {
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly unit: string;
}

export default class DataHistogram extends WorkspaceCommand {
  static override summary = "Count how often a channel had which values.";
  static override description =
    "A bin holds its lower edge; the last one its upper edge too. Readings outside --low and --high are counted in rows of their own.";
  static override examples = [
    { description: "CO2 of a week in twenty bins", command: "<%= config.bin %> data histogram co2 --since 7d" },
    {
      description: "Between bounds, as JSON lines",
      command: "<%= config.bin %> data histogram co2 --low 400 --high 2000 --bins 16 --format ndjson",
    },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = {
    ...questionFlags,
    bins: Flags.integer({ summary: "How many bins.", min: 1, max: 1000, default: 20 }),
    low: decimalFlag({ summary: "Lower edge of the first bin; the lowest reading when left out." }),
    high: decimalFlag({ summary: "Upper edge of the last bin; the highest reading when left out." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataHistogram);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { channel, span } = await askedAbout(engine, args.channel, flags);
    const query = given({ ...span, bins: flags.bins, low: flags.low, high: flags.high });
    if (flags.explain) return printPlan(engine, output, { ...query, ask: "histogram" });
    const { edges, n, below, above } = await engine.call("data.histogram", query, { signal: this.interrupted });
    const { unit } = channel;
    const bins = Array.from(n, (count, i): Row => {
      return { low: rounded(edges[i]), high: rounded(edges[i + 1]), n: count, unit };
    });
    const outside = (low: number | null, high: number | null, count: number): Row[] =>
      count === 0 ? [] : [{ low, high, n: count, unit }];
    const rows = [
      ...outside(null, rounded(edges[0]), below),
      ...bins,
      ...outside(rounded(edges[edges.length - 1]), null, above),
    ];
    const most = Math.max(1, ...rows.map((row) => row.n));
    await output.list("bins", rows, output.format === "table" ? [...columns, bar(most)] : columns);
  }
}

const columns: Column<Row>[] = [
  { key: "low", header: "FROM", align: "right", value: ({ low }) => low },
  { key: "high", header: "TO", align: "right", value: ({ high }) => high },
  { key: "unit", header: "UNIT", value: ({ unit }) => unit },
  { key: "n", header: "N", align: "right", value: ({ n }) => n },
];

const BAR_LENGTH = 30;

const bar = (most: number): Column<Row> => ({
  key: "bar",
  header: "",
  value: ({ n }) => "█".repeat(Math.round((n / most) * BAR_LENGTH)),
});

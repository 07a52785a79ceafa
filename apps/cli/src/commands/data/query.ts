import type { BucketsView, ChannelView, Contract, In, ReadingBlockView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { questionFlags, UNITS, zoneFlag } from "../../input/question-flags.ts";
import { finite, rounded } from "../../output/numbers.ts";
import { createRowWriter } from "../../output/rows.ts";
import type { Column } from "../../output/table.ts";
import { askedAbout, given, printPlan, type Subject } from "../../workspace/ask.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

interface Row {
  readonly at: number;
  readonly value: number | null;
  readonly unit: string;
  readonly quality: readonly string[];
  readonly n?: number;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly coverage?: number;
  /** How long values held, of time-weighted means. */
  readonly heldMs?: number;
}

export default class DataQuery extends WorkspaceCommand {
  static override summary = "Print the readings of a channel, or means of them.";
  static override description = [
    "A channel is named by its quantity where that is enough (co2), by quantity and place (pm25@Kitchen), by sensor and",
    'quantity ("Kitchen air/pm25"), or by its id. Without a channel the channels are listed.',
  ].join("\n");
  static override examples = [
    { description: "Which channels there are", command: "<%= config.bin %> data query" },
    {
      description: "CO2 of the last week as JSON lines",
      command: "<%= config.bin %> data query co2 --since 7d --format ndjson",
    },
    {
      description: "Daily means of fine dust",
      command: "<%= config.bin %> data query pm25@Kitchen --since 4w --every day",
    },
    {
      description: "The 500 readings that a line chart of a year needs",
      command: "<%= config.bin %> data query co2 --since 52w --line 500 --format csv",
    },
  ];
  static override args = { channel: Args.string({ description: "The channel." }) };
  static override flags = {
    ...questionFlags,
    every: Flags.option({ options: UNITS, summary: "Means of calendar periods." })(),
    "time-weighted": Flags.boolean({
      summary: "Weigh each value by how long it held: for sensors that report changes only.",
      dependsOn: ["every"],
    }),
    points: Flags.integer({ summary: "At most this many averaged points.", min: 1, max: 20_000, exclusive: ["every"] }),
    line: Flags.integer({
      summary: "At most this many readings, chosen so that a line through them looks like the line through all.",
      min: 3,
      max: 20_000,
      exclusive: ["every", "points", "usable-only"],
    }),
    "time-zone": zoneFlag,
    "usable-only": Flags.boolean({ summary: "Leave out readings that quality marks exclude." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataQuery);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    if (args.channel === undefined) {
      return output.list("channels", await engine.call("channel.list", {}), channelColumns);
    }
    const { channel, span } = await askedAbout(engine, args.channel, flags);
    const question = questionOf(span, flags);
    if (flags.explain) return printPlan(engine, output, question);
    const columns = question.ask === "range" || question.ask === "lines" ? readingColumns : averageColumns;
    const options = { format: output.format, name: "readings", header: !flags["no-header"], label: this.label };
    const writer = createRowWriter<Row>(question.ask === "timeWeighted" ? heldColumns : columns, options);
    for await (const rows of answer(engine, question, channel.unit, this.interrupted)) await writer.push(rows);
    await writer.end();
  }
}

type Asked = Extract<
  In<Contract, "data.explain">,
  { ask: "range" | "lines" | "downsample" | "aggregate" | "timeWeighted" }
>;

interface QuestionFlags {
  readonly every?: (typeof UNITS)[number] | undefined;
  readonly points?: number | undefined;
  readonly line?: number | undefined;
  readonly "time-weighted": boolean;
  readonly "time-zone"?: string | undefined;
  readonly "usable-only": boolean;
}

function questionOf(span: Subject["span"], flags: QuestionFlags): Asked {
  const { every, points, line, "time-zone": timeZone } = flags;
  if (every !== undefined) {
    return { ...span, ask: flags["time-weighted"] ? "timeWeighted" : "aggregate", unit: every, ...given({ timeZone }) };
  }
  if (points !== undefined) return { ...span, ask: "downsample", points };
  if (line !== undefined) return { ...span, ask: "lines", points: line };
  return { ...span, ask: "range", usableOnly: flags["usable-only"] };
}

/** The rows of the answer, piece by piece. */
async function* answer(
  engine: Engine,
  question: Asked,
  unit: string,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[], void> {
  switch (question.ask) {
    case "aggregate": {
      const { ask: _, ...query } = question;
      yield bucketRows(await engine.call("data.aggregate", query, { signal }), unit);
      return;
    }
    case "downsample": {
      const { ask: _, ...query } = question;
      yield bucketRows(await engine.call("data.downsample", query, { signal }), unit);
      return;
    }
    case "timeWeighted": {
      const { ask: _, ...query } = question;
      const { from, mean, heldMs } = await engine.call("data.timeWeighted", query, { signal });
      yield Array.from(from, (at, i) => ({ at, value: mean[i] ?? null, unit, quality: [], heldMs: heldMs[i] ?? 0 }));
      return;
    }
    case "lines": {
      const { ask: _, ...query } = question;
      const { at, value } = await engine.call("data.lines", query, { signal });
      yield Array.from(at, (instant, i) => ({ at: instant, value: value[i] ?? null, unit, quality: [] }));
      return;
    }
    case "range": {
      const { ask: _, ...query } = question;
      const { qualityFlags } = await import("@ecolocal/core/sensing");
      for await (const block of engine.stream("data.range", query, { signal })) {
        yield readingRows(block, unit, qualityFlags);
      }
    }
  }
}

function bucketRows(view: BucketsView, unit: string): Row[] {
  return Array.from(view.from, (at, index) => ({
    at,
    value: view.mean[index] ?? null,
    unit,
    quality: [],
    n: view.n[index] ?? 0,
    min: view.min[index] ?? null,
    max: view.max[index] ?? null,
    coverage: view.coverage[index] ?? 0,
  }));
}

function readingRows(block: ReadingBlockView, unit: string, flagsOf: (bits: number) => readonly string[]): Row[] {
  return Array.from(block.at, (at, index) => ({
    at,
    value: block.value[index] ?? null,
    unit,
    quality: flagsOf(block.quality[index] ?? 0),
    ...spreadAt(block, index),
  }));
}

function spreadAt({ spread }: ReadingBlockView, index: number): Pick<Row, "n" | "min" | "max"> {
  if (spread === undefined) return {};
  return { n: spread.n[index] ?? 1, min: spread.min[index] ?? null, max: spread.max[index] ?? null };
}

const readingColumns: Column<Row>[] = [
  { key: "at", header: "TIME (UTC)", value: ({ at }) => instantToIso(at) },
  { key: "value", header: "VALUE", align: "right", value: ({ value }) => finite(value) },
  { key: "unit", header: "UNIT", value: ({ unit }) => unit },
  { key: "n", header: "N", align: "right", value: ({ n }) => n ?? 1 },
  { key: "min", header: "MIN", align: "right", value: ({ min, value }) => finite(min ?? value) },
  { key: "max", header: "MAX", align: "right", value: ({ max, value }) => finite(max ?? value) },
  { key: "quality", header: "QUALITY", value: ({ quality }) => quality.join(" ") },
];

const averageColumns: Column<Row>[] = [
  { key: "from", header: "FROM (UTC)", value: ({ at }) => instantToIso(at) },
  {
    key: "mean",
    header: "MEAN",
    align: "right",
    value: ({ value }) => rounded(value),
    show: (row) => String(rounded(row.value) ?? "–"),
  },
  { key: "unit", header: "UNIT", value: ({ unit }) => unit },
  { key: "n", header: "N", align: "right", value: ({ n }) => n ?? 0 },
  { key: "min", header: "MIN", align: "right", value: ({ min }) => finite(min) },
  { key: "max", header: "MAX", align: "right", value: ({ max }) => finite(max) },
  { key: "coverage", header: "COVERAGE", align: "right", value: ({ coverage }) => rounded(coverage ?? 0) },
];

const heldColumns: Column<Row>[] = [
  ...averageColumns.slice(0, 3),
  { key: "heldMs", header: "HELD (MS)", align: "right", value: ({ heldMs }) => heldMs ?? 0 },
];

const channelColumns: Column<ChannelView>[] = [
  { key: "quantity", header: "QUANTITY", value: ({ quantity }) => quantity },
  { key: "key", header: "KEY", value: ({ key }) => key },
  { key: "place", header: "PLACE", value: ({ place }) => place },
  { key: "sensor", header: "SENSOR", value: ({ sensorName }) => sensorName },
  { key: "unit", header: "UNIT", value: ({ unit }) => unit, show: ({ symbol }) => symbol },
  {
    key: "latest",
    header: "LATEST",
    value: ({ latest }) => (latest === null ? null : instantToIso(latest.at)),
  },
  { key: "id", header: "ID", value: ({ id }) => id },
];

import type { BucketsView, ChannelView, ReadingBlockView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { parseRange } from "../../input/time.ts";
import { timeFlags } from "../../input/time-flags.ts";
import { createRowWriter } from "../../output/rows.ts";
import type { Column } from "../../output/table.ts";
import { findChannel } from "../../workspace/find.ts";
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
}

interface Question {
  readonly channel: ChannelView;
  readonly from: number;
  readonly to: number;
}

export default class DataQuery extends WorkspaceCommand {
  static override summary = "Print the readings of a channel, or their hourly or daily means.";
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
  ];
  static override args = { channel: Args.string({ description: "The channel." }) };
  static override flags = {
    ...timeFlags,
    every: Flags.option({ options: ["hour", "day"] as const, summary: "Means of calendar hours or days." })(),
    points: Flags.integer({ summary: "At most this many averaged points.", min: 1, max: 20_000, exclusive: ["every"] }),
    "usable-only": Flags.boolean({ summary: "Leave out readings that quality marks exclude." }),
    explain: Flags.boolean({ summary: "Print where the answer would come from, and nothing else." }),
    "no-header": Flags.boolean({ summary: "Leave out the header line." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataQuery);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const channels = await engine.call("channel.list", {});
    if (args.channel === undefined) return output.list("channels", channels, channelColumns);
    const channel = findChannel(args.channel, channels);
    const question = { channel, ...parseRange(flags, Date.now()) };
    if (flags.explain) {
      const { points, every } = flags;
      const { from, to } = question;
      const plan = await engine.call("data.explain", {
        ...{ channelId: channel.id, from, to },
        ...(points === undefined ? {} : { points }),
        ...(every === undefined ? {} : { unit: every }),
      });
      return output.document(plan, () => plan.text.split("\n"));
    }
    const averaged = flags.every !== undefined || flags.points !== undefined;
    const options = { format: output.format, name: "readings", header: !flags["no-header"] };
    const writer = createRowWriter<Row>(averaged ? averageColumns : readingColumns, options);
    const { qualityFlags } = await import("@ecolocal/core/sensing");
    if (averaged) {
      const { every, points = 1 } = flags;
      await writer.push(bucketRows(await buckets(engine, question, every ?? points), channel.unit));
    } else {
      const { from, to } = question;
      const range = { channelId: channel.id, from, to, usableOnly: flags["usable-only"] };
      for await (const block of engine.stream("data.range", range, { signal: this.interrupted })) {
        await writer.push(readingRows(block, channel.unit, qualityFlags));
      }
    }
    await writer.end();
  }
}

function buckets(
  engine: Engine,
  { channel, from, to }: Question,
  every: "hour" | "day" | number,
): Promise<BucketsView> {
  return typeof every === "number"
    ? engine.call("data.downsample", { channelId: channel.id, from, to, points: every })
    : engine.call("data.aggregate", { channelId: channel.id, from, to, unit: every });
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

const finite = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !Number.isFinite(value) ? null : value;

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

/** Means have more digits than the sensor ever had; six are kept. */
function rounded(value: number | null): number | null {
  return finite(value) === null ? null : Number((value ?? 0).toPrecision(6));
}

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

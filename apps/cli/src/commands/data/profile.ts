import * as Args from "@oclif/core/args";
import { questionFlags, zoneFlag } from "../../input/question-flags.ts";
import { finite, rounded } from "../../output/numbers.ts";
import type { Column } from "../../output/table.ts";
import { askedAbout, given, printPlan } from "../../workspace/ask.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

interface Row {
  readonly weekday: string;
  readonly hour: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly n: number;
}

interface HourRow {
  readonly hour: number;
  readonly means: readonly (number | null)[];
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

export default class DataProfile extends WorkspaceCommand {
  static override summary = "Print the usual week of a channel: means by hour and weekday.";
  static override description =
    "Hours are those of clocks where the sensors are, daylight saving included. Machines get one row per hour of the week.";
  static override examples = [
    { description: "The usual week of CO2", command: "<%= config.bin %> data profile co2 --since 8w" },
    {
      description: "In another time zone, as CSV",
      command: "<%= config.bin %> data profile co2 --since 8w --time-zone UTC --format csv",
    },
  ];
  static override args = { channel: Args.string({ description: "The channel.", required: true }) };
  static override flags = { ...questionFlags, "time-zone": zoneFlag };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DataProfile);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const { span } = await askedAbout(engine, args.channel, flags);
    const query = given({ ...span, timeZone: flags["time-zone"] });
    if (flags.explain) return printPlan(engine, output, { ...query, ask: "profile" });
    const { n, mean, min, max } = await engine.call("data.profile", query, { signal: this.interrupted });
    if (output.format === "table") return output.list("hours", byHour(mean), hourColumns);
    const rows = Array.from(n, (count, i): Row => {
      const weekday = WEEKDAYS[Math.floor(i / 24)] ?? "";
      return { weekday, hour: i % 24, mean: rounded(mean[i]), min: finite(min[i]), max: finite(max[i]), n: count };
    });
    await output.list("hours", rows, rowColumns);
  }
}

function byHour(mean: Float64Array): HourRow[] {
  return Array.from({ length: 24 }, (_, hour) => ({
    hour,
    means: WEEKDAYS.map((_, weekday) => rounded(mean[weekday * 24 + hour])),
  }));
}

const hourColumns: Column<HourRow>[] = [
  { key: "hour", header: "HOUR", align: "right", value: ({ hour }) => hour },
  ...WEEKDAYS.map(
    (weekday, i): Column<HourRow> => ({
      key: weekday,
      header: weekday.toUpperCase(),
      align: "right",
      value: ({ means }) => means[i] ?? null,
      show: ({ means }) => String(means[i] === null || means[i] === undefined ? "–" : Number(means[i].toPrecision(4))),
    }),
  ),
];

const rowColumns: Column<Row>[] = [
  { key: "weekday", header: "WEEKDAY", value: ({ weekday }) => weekday },
  { key: "hour", header: "HOUR", align: "right", value: ({ hour }) => hour },
  { key: "mean", header: "MEAN", align: "right", value: ({ mean }) => mean },
  { key: "min", header: "MIN", align: "right", value: ({ min }) => min },
  { key: "max", header: "MAX", align: "right", value: ({ max }) => max },
  { key: "n", header: "N", align: "right", value: ({ n }) => n },
];

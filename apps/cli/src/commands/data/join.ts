import type { ChannelView, JoinedGridView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { questionFlags } from "../../input/question-flags.ts";
import { parseDuration, parseRange } from "../../input/time.ts";
import { rounded } from "../../output/numbers.ts";
import type { Column } from "../../output/table.ts";
import { printPlan } from "../../workspace/ask.ts";
import { findChannel, uniqueChannelName } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

type Row = Readonly<Record<string, number | null>> & { readonly from: number };

export default class DataJoin extends WorkspaceCommand {
  static override summary = "Print several channels side by side, on one grid of time.";
  static override description =
    "Rows begin at whole steps of UTC. A cell is the mean of the step; where there are no readings it stays empty.";
  static override examples = [
    { description: "CO2 beside temperature", command: "<%= config.bin %> data join co2 temperature --every 1h" },
    {
      description: "For a spreadsheet",
      command: "<%= config.bin %> data join co2 temperature --since 7d --every 15m --format csv",
    },
  ];
  static override strict = false;
  static override args = { channel: Args.string({ description: "Channels, one after another.", required: true }) };
  static override flags = {
    ...questionFlags,
    every: Flags.string({ summary: "Width of a row: 10m, 1h, 1d.", default: "1h" }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(DataJoin);
    const output = this.output(flags);
    const stepMs = parseDuration(flags.every);
    if (stepMs < 1000) {
      throw usageFailure("join", flags.every, "A row is a second wide or more.", "Give --every 1s or more.");
    }
    const engine = await this.engine(flags);
    const all = await engine.call("channel.list", {});
    const channels = argv.map((name) => findChannel(String(name), all));
    const { from, to } = parseRange(flags, Date.now());
    const query = { channelIds: channels.map(({ id }) => id), from: Math.floor(from / stepMs) * stepMs, to, stepMs };
    if (flags.explain) return printPlan(engine, output, { ...query, ask: "join" });
    const grid = await engine.call("data.join", query, { signal: this.interrupted });
    const names = columnNames(channels, all);
    await output.list("rows", rowsOf(grid, names), [fromColumn, ...names.map(valueColumn)]);
  }
}

/** What each channel is called among all; columns of the same channel twice are numbered. */
function columnNames(channels: readonly ChannelView[], all: readonly ChannelView[]): string[] {
  const names = channels.map((channel) => uniqueChannelName(channel, all));
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name} (${i + 1})`));
}

function rowsOf(grid: JoinedGridView, names: readonly string[]): Row[] {
  return Array.from(grid.from, (from, i) => ({
    from,
    ...Object.fromEntries(names.map((name, column) => [name, rounded(grid.mean[column]?.[i])])),
  }));
}

const fromColumn: Column<Row> = { key: "from", header: "FROM (UTC)", value: ({ from }) => instantToIso(from) };

const valueColumn = (name: string): Column<Row> => ({
  key: name,
  header: name.toUpperCase(),
  align: "right",
  value: (row) => row[name] ?? null,
});

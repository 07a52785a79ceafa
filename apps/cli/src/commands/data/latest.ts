import { qualityFlags } from "@ecolocal/core/sensing";
import { instantToIso } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import { listFlags } from "../../base-command.ts";
import type { Column } from "../../output/table.ts";
import { findChannel } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

interface Row {
  readonly quantity: string;
  readonly place: string;
  readonly at: number;
  readonly value: number;
  readonly unit: string;
  readonly quality: readonly string[];
  readonly channelId: string;
}

export default class DataLatest extends WorkspaceCommand {
  static override summary = "Print the newest stored reading of a channel, or of all.";
  static override examples = [
    { description: "All channels", command: "<%= config.bin %> data latest" },
    { description: "Two of them", command: "<%= config.bin %> data latest co2 pm25" },
  ];
  static override strict = false;
  static override args = { channel: Args.string({ description: "Channels; see `ecolocal data query`." }) };
  static override flags = { ...listFlags };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(DataLatest);
    const output = this.output(flags);
    const { show } = this;
    const engine = await this.engine(flags);
    const all = await engine.call("channel.list", {});
    const asked = argv.length === 0 ? all : argv.map((name) => findChannel(String(name), all));
    const newest =
      asked.length === 0 ? [] : await engine.call("data.latest", { channelIds: asked.map(({ id }) => id) });
    const byId = new Map(asked.map((channel) => [channel.id, channel]));
    const rows = newest.flatMap(({ channelId, at, value, quality }): Row[] => {
      const channel = byId.get(channelId);
      if (channel === undefined) return [];
      const { quantity, place, unit } = channel;
      return [{ quantity, place, at, value, unit, quality: qualityFlags(quality), channelId }];
    });
    const now = Date.now();
    await output.list(
      "readings",
      rows,
      columns((at) => show.ago(at, now)),
    );
  }
}

const columns = (age: (at: number) => string): Column<Row>[] => [
  { key: "quantity", header: "QUANTITY", value: ({ quantity }) => quantity },
  { key: "place", header: "PLACE", value: ({ place }) => place },
  { key: "value", header: "VALUE", align: "right", value: ({ value }) => value },
  { key: "unit", header: "UNIT", value: ({ unit }) => unit },
  { key: "at", header: "TIME (UTC)", value: ({ at }) => instantToIso(at) },
  { key: "age", header: "AGE", value: ({ at }) => age(at) },
  { key: "quality", header: "QUALITY", value: ({ quality }) => quality.join(" ") },
];

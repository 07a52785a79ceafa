import type { SensorView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import { listFlags } from "../../base-command.ts";
import type { Show } from "../../output/show.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorList extends WorkspaceCommand {
  static override summary = "List the sensors of the workspace, with their state and latest values.";
  static override examples = [
    { description: "All sensors", command: "<%= config.bin %> sensor list" },
    {
      description: "Names of those that do not answer",
      command: "<%= config.bin %> sensor list --filter state=silent --columns name",
    },
  ];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(SensorList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const sensors = await engine.call("sensor.list", {});
    await output.list("sensors", sensors, sensorColumns(this.show, Date.now()));
    if (sensors.length === 0) output.note(this.say("sensor.none"));
  }
}

function sensorColumns(show: Show, now: number): Column<SensorView>[] {
  return [
    { key: "name", header: "NAME", value: ({ name }) => name },
    { key: "driver", header: "DRIVER", value: ({ driverId }) => driverId },
    { key: "place", header: "PLACE", value: ({ place }) => place },
    { key: "state", header: "STATE", value: ({ state }) => state },
    {
      key: "latest",
      header: "LATEST",
      value: ({ lastReadingAt }) => (lastReadingAt === null ? null : instantToIso(lastReadingAt)),
      show: ({ lastReadingAt }) => show.ago(lastReadingAt, now),
    },
    { key: "values", header: "VALUES", value: (sensor) => latestValues(sensor, show) },
    { key: "port", header: "PORT", value: ({ port }) => port },
    { key: "owner", header: "SHARED BY", value: ({ owner }) => owner?.name ?? "" },
    { key: "id", header: "ID", value: ({ id }) => id },
  ];
}

function latestValues({ channels }: SensorView, show: Show): string {
  return channels
    .filter(({ latest }) => latest !== null)
    .map(
      ({ quantity, key, latest, symbol, decimals }) =>
        `${key === "" ? quantity : `${quantity}/${key}`} ${show.measured(latest?.value ?? 0, symbol, decimals)}`,
    )
    .join(", ");
}

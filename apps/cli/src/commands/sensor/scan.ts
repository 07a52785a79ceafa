import type { PortView } from "@ecolocal/core/api";
import { listFlags } from "../../base-command.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorScan extends WorkspaceCommand {
  static override summary = "List the serial ports of this computer, and which sensor each may be.";
  static override description = "Nothing is opened or changed. A port you may not use says what to do about it.";
  static override examples = [
    { description: "What is plugged in", command: "<%= config.bin %> sensor scan" },
    {
      description: "Paths of free ports, for a script",
      command: "<%= config.bin %> sensor scan --filter access=ok --columns port --no-header",
    },
  ];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(SensorScan);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const ports = await engine.call("port.list", {});
    await output.list("ports", ports, portColumns);
    if (ports.length === 0) output.note("No serial port was found. Plug a sensor in and scan again.");
    for (const { problem, path } of ports) {
      if (problem !== null) output.note(`${path}: ${problem.detail} ${problem.hint ?? ""} [${problem.code}]`);
    }
  }
}

const portColumns: Column<PortView>[] = [
  { key: "port", header: "PORT", value: ({ path }) => path },
  { key: "name", header: "NAME", value: ({ name }) => name },
  { key: "access", header: "ACCESS", value: ({ access }) => access },
  { key: "busy_by", header: "BUSY BY", value: ({ busyBy }) => (busyBy ? `${busyBy.command} (${busyBy.pid})` : "") },
  { key: "likely", header: "LIKELY", value: ({ likelyDrivers }) => likelyDrivers.join(" ") },
  { key: "sensor", header: "SENSOR", value: ({ sensorId }) => sensorId },
];

import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findSensor } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorRm extends WorkspaceCommand {
  static override summary = "Remove a sensor; its readings stay.";
  static override examples = [
    { description: "By name", command: '<%= config.bin %> sensor rm "Kitchen air"' },
    { description: "Take it back", command: "<%= config.bin %> sensor restore 01JDQZ5E8K9V1T3M7RHC2WXA4B" },
  ];
  static override args = {
    sensor: Args.string({ description: "Name, port, id or the beginning of the id.", required: true }),
  };
  static override flags = {
    "dry-run": Flags.boolean({ char: "n", summary: "Print what would be removed." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorRm);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const sensor = findSensor(args.sensor, await engine.call("sensor.list", {}));
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, sensor }, () => [
        this.say("sensor.wouldRemove", { name: sensor.name, port: sensor.port }),
      ]);
      return;
    }
    const removed = await engine.call("sensor.remove", { sensorId: sensor.id });
    await output.document(removed, () => [
      `${output.painter.green("✓")} ${this.say("sensor.removed", { name: removed.name })}`,
      `  ${this.say("sensor.takeBack", { command: `ecolocal sensor restore ${removed.id}` })}`,
    ]);
  }
}

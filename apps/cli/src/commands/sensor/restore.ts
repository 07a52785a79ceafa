import * as Args from "@oclif/core/args";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorRestore extends WorkspaceCommand {
  static override summary = "Take back the removal of a sensor.";
  static override examples = [
    {
      description: "With the id that rm printed",
      command: "<%= config.bin %> sensor restore 01JDQZ5E8K9V1T3M7RHC2WXA4B",
    },
  ];
  static override args = { id: Args.string({ description: "Id of the removed sensor.", required: true }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorRestore);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const sensor = await engine.call("sensor.restore", { sensorId: args.id });
    await output.document(sensor, () => [
      `${output.painter.green("✓")} ${this.say("sensor.back", { name: sensor.name, port: sensor.port })}`,
    ]);
  }
}

import type { SensorView } from "@ecolocal/core/api";
import { formatPosition } from "@ecolocal/core/sensing";
import { driverTitle } from "@ecolocal/messages";
import * as Args from "@oclif/core/args";
import type { Field } from "../../output/output.ts";
import { findSensor } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorShow extends WorkspaceCommand {
  static override summary = "Show one sensor: settings, state, channels and counters.";
  static override examples = [
    { description: "By name", command: '<%= config.bin %> sensor show "Kitchen air"' },
    { description: "By the beginning of its id, for a script", command: "<%= config.bin %> sensor show 01JD --json" },
  ];
  static override args = {
    sensor: Args.string({ description: "Name, port, id or the beginning of the id.", required: true }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorShow);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const sensor = findSensor(args.sensor, await engine.call("sensor.list", {}));
    await output.document(sensor, () => this.describe(sensor));
  }

  private describe(sensor: SensorView): (string | Field)[] {
    const { show } = this;
    const { counters } = sensor;
    return [
      ["Name", sensor.name],
      ["Id", sensor.id],
      ["Driver", `${driverTitle({ id: sensor.driverId, title: sensor.driverTitle }, this.texts)} (${sensor.driverId})`],
      ["Port", sensor.port],
      ["Device", sensor.identity ?? "–"],
      ["Place", `${sensor.place || "–"} (${sensor.exposure})`],
      ["Position", sensor.position === null ? "–" : formatPosition(sensor.position)],
      ["State", this.say("sensor.stateSince", { state: sensor.state, time: show.time(sensor.stateSince) })],
      ...(sensor.problem === null ? [] : [["Problem", `${sensor.problem.detail} [${sensor.problem.code}]`] as const]),
      ["Stored every", `${sensor.storeIntervalMs / 1000} s`],
      ["Last reading", show.time(sensor.lastReadingAt)],
      ["Frames", this.say("sensor.frames", { good: counters.framesOk, bad: counters.framesBad })],
      ["Bytes dropped", show.number(counters.bytesDiscarded)],
      ["Reconnects", show.number(counters.reconnects)],
      ...sensor.channels.map(
        (channel) =>
          [
            channel.key === "" ? channel.quantity : `${channel.quantity}/${channel.key}`,
            channel.latest === null
              ? this.say("sensor.noValue")
              : show.measured(channel.latest.value, channel.symbol, channel.decimals),
          ] as const,
      ),
    ];
  }
}

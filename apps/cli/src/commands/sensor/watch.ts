import type { LiveReading, SensorView } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { parseDuration } from "../../input/time.ts";
import type { Show } from "../../output/show.ts";
import { findSensor } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorWatch extends WorkspaceCommand {
  static override summary = "Show values as they arrive, from one sensor or from all.";
  static override description = [
    "Reads the sensors itself when no other EcoLocal does, and keeps what they say. Ends with Ctrl-C (exit code 130),",
    "after --count values, or after --for.",
  ].join("\n");
  static override examples = [
    { description: "Everything", command: "<%= config.bin %> sensor watch" },
    {
      description: "Ten values of one sensor as JSON lines",
      command: '<%= config.bin %> sensor watch "Kitchen air" --count 10 --json',
    },
  ];
  static override args = { sensor: Args.string({ description: "Name, port, id or the beginning of the id." }) };
  static override flags = {
    count: Flags.integer({ char: "n", min: 1, summary: "End after this many values." }),
    for: Flags.string({ summary: "End after this long: 30s, 10m." }),
    stored: Flags.boolean({ summary: "Only values that are kept, not those inside an interval." }),
  };
  protected override readonly streaming = true;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorWatch);
    const output = this.output(flags);
    const engine = await this.engine(flags, { ingest: true });
    const sensors = await engine.call("sensor.list", {});
    const sensor = args.sensor === undefined ? undefined : findSensor(args.sensor, sensors);
    const signal = flags.for === undefined ? this.interrupted : this.endsAfter(parseDuration(flags.for));
    const describe = describeWith(sensors, this.show, this.say("sensor.notKept"));
    output.note(sensor ? this.say("sensor.watching", { name: sensor.name }) : this.say("sensor.watchingAll"));
    const { qualityFlags } = await import("@ecolocal/core/sensing");
    let shown = 0;
    const values = engine.stream("sensor.watch", sensor === undefined ? {} : { sensorId: sensor.id }, { signal });
    try {
      for await (const value of values) {
        if (flags.stored && !value.stored) continue;
        // Marks by name, as every other command writes them.
        await output.item({ ...value, quality: qualityFlags(value.quality) }, () => describe(value));
        shown += 1;
        if (shown === flags.count) break;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  private endsAfter(ms: number): AbortSignal {
    return AbortSignal.any([this.interrupted, AbortSignal.timeout(ms)]);
  }
}

function describeWith(sensors: readonly SensorView[], show: Show, notKept: string): (value: LiveReading) => string {
  const channels = new Map(sensors.flatMap((sensor) => sensor.channels.map((channel) => [channel.id, channel])));
  return (value) => {
    const channel = channels.get(value.channelId);
    const name = channel === undefined || channel.sensorName === "" ? "" : `${channel.sensorName}  `;
    const figure = show.measured(value.value, channel?.symbol ?? value.unit, channel?.decimals);
    return `${show.time(value.at)}  ${name}${value.quantity}  ${figure}${value.stored ? "" : `  ${notKept}`}`;
  };
}

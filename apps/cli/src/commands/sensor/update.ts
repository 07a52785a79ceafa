import { parsePosition } from "@ecolocal/core/sensing";
import { MINUTE_MS } from "@ecolocal/core/shared";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../../failure/cli-failure.ts";
import { parseDuration } from "../../input/time.ts";
import { findSensor } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const LONGEST_CYCLE_MS = 30 * MINUTE_MS;
const EXPOSURES = ["indoor", "outdoor", "mobile", "unknown"] as const;

export default class SensorUpdate extends WorkspaceCommand {
  static override summary = "Change a sensor: its name, its place, or the port it is on.";
  static override description =
    "Its readings stay. Naming a port also says that the device on it is this sensor from now on, whatever it calls itself.";
  static override examples = [
    { description: "Another name", command: "<%= config.bin %> sensor update Kitchen --name 'Kitchen air'" },
    {
      description: "Where it stands on the map",
      command: "<%= config.bin %> sensor update Kitchen --position '52.4961, 13.4209'",
    },
    { description: "Let laser and fan rest", command: "<%= config.bin %> sensor update Kitchen --measure-every 5m" },
    {
      description: "It moved to another socket",
      command: "<%= config.bin %> sensor update Kitchen --port /dev/ttyUSB1",
    },
  ];
  static override args = {
    sensor: Args.string({ description: "Name, port, id or the beginning of the id.", required: true }),
  };
  static override flags = {
    name: Flags.string({ summary: "What people call it." }),
    place: Flags.string({ summary: "Where it is." }),
    exposure: Flags.option({ options: EXPOSURES, summary: "Indoor, outdoor or mobile." })(),
    "measure-every": Flags.string({
      summary:
        'Dust sensors: measure once in 1m to 30m and rest in between, so that the laser lives longer, or "always".',
    }),
    port: Flags.string({ summary: "Port or address it is on." }),
    position: Flags.string({ summary: 'For the map: "latitude, longitude" in degrees, or "none".' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorUpdate);
    const output = this.output(flags);
    const { name, place, exposure, port, "measure-every": measureEvery } = flags;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(place === undefined ? {} : { place }),
      ...(exposure === undefined ? {} : { exposure }),
      ...(port === undefined ? {} : { port }),
      ...(measureEvery === undefined ? {} : { measureEveryMs: readMeasureEvery(measureEvery) }),
      ...(flags.position === undefined ? {} : { position: readPosition(flags.position) }),
    };
    if (Object.keys(change).length === 0) throw new CliFailure(nothingNamed(args.sensor));
    const engine = await this.engine(flags);
    const { id: sensorId } = findSensor(args.sensor, await engine.call("sensor.list", {}));
    const sensor = await engine.call("sensor.update", { sensorId, ...change });
    await output.document({ sensor }, () => [this.say("sensor.isOn", { name: sensor.name, port: sensor.port })]);
  }
}

function readMeasureEvery(text: string): number {
  const everyMs = text.trim() === "always" ? 0 : parseDuration(text);
  if (everyMs <= LONGEST_CYCLE_MS && everyMs % MINUTE_MS === 0) return everyMs;
  throw new CliFailure({
    code: "CLI_USAGE",
    op: "sensor update",
    subject: text,
    detail: "Sensors rest for whole minutes, half an hour at most.",
    hint: "Give 1m to 30m, or always.",
    retry: "after-change",
  });
}

function readPosition(text: string) {
  if (text.trim() === "none") return null;
  const position = parsePosition(text);
  if (position !== null) return position;
  throw new CliFailure({
    code: "CLI_USAGE",
    op: "sensor update",
    subject: text,
    detail: "This is no position.",
    hint: "Give degrees, north first: --position '52.4961, 13.4209'; south and west are negative. 'none' forgets it.",
    retry: "after-change",
  });
}

function nothingNamed(subject: string) {
  return {
    code: "CLI_USAGE",
    op: "sensor update",
    subject,
    detail: "Nothing was named that should change.",
    hint: "Give --name, --place, --exposure, --position, --measure-every or --port.",
    retry: "after-change",
  } as const;
}

import { parsePosition } from "@ecolocal/core/sensing";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../../failure/cli-failure.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const EXPOSURES = ["indoor", "outdoor", "mobile", "unknown"] as const;

export default class SensorUpdate extends WorkspaceCommand {
  static override summary = "Change a sensor: its name, its place, or the port it is on.";
  static override description =
    "Its readings stay. Naming a port also says that the device on it is this sensor from now on, whatever it calls itself.";
  static override examples = [
    { description: "Another name", command: "<%= config.bin %> sensor update 01k… --name 'Kitchen air'" },
    {
      description: "Where it stands on the map",
      command: "<%= config.bin %> sensor update 01k… --position '52.4961, 13.4209'",
    },
    { description: "It moved to another socket", command: "<%= config.bin %> sensor update 01k… --port /dev/ttyUSB1" },
  ];
  static override args = { id: Args.string({ description: "Id of the sensor.", required: true }) };
  static override flags = {
    name: Flags.string({ summary: "What people call it." }),
    place: Flags.string({ summary: "Where it is." }),
    exposure: Flags.option({ options: EXPOSURES, summary: "Indoor, outdoor or mobile." })(),
    port: Flags.string({ summary: "Port or address it is on." }),
    position: Flags.string({ summary: 'For the map: "latitude, longitude" in degrees, or "none".' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorUpdate);
    const output = this.output(flags);
    const { name, place, exposure, port } = flags;
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(place === undefined ? {} : { place }),
      ...(exposure === undefined ? {} : { exposure }),
      ...(port === undefined ? {} : { port }),
      ...(flags.position === undefined ? {} : { position: readPosition(flags.position) }),
    };
    if (Object.keys(change).length === 0) throw new CliFailure(nothingNamed(args.id));
    const engine = await this.engine(flags);
    const sensor = await engine.call("sensor.update", { sensorId: args.id, ...change });
    await output.document({ sensor }, () => [this.say("sensor.isOn", { name: sensor.name, port: sensor.port })]);
  }
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

function nothingNamed(id: string) {
  return {
    code: "CLI_USAGE",
    op: "sensor update",
    subject: id,
    detail: "Nothing was named that should change.",
    hint: "Give --name, --place, --exposure, --position or --port.",
    retry: "after-change",
  } as const;
}

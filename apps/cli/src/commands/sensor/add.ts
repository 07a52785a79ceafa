import { existsSync } from "node:fs";
import { driverTitle } from "@ecolocal/messages";
import * as Flags from "@oclif/core/flags";
import { connectionFlags, parseConnection } from "../../input/connection-flags.ts";
import { parseDuration } from "../../input/time.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const EXPOSURES = ["indoor", "outdoor", "mobile", "unknown"] as const;

export default class SensorAdd extends WorkspaceCommand {
  static override summary = "Add a sensor: from now on its readings are kept.";
  static override description = [
    "Readings flow while EcoLocal runs: the app, `ecolocal open`, `ecolocal agent` or `ecolocal sensor watch`.",
    "To look before you add: ecolocal sensor read --port PORT --driver DRIVER",
  ].join("\n");
  static override examples = [
    {
      description: "A dust sensor on a USB port",
      command:
        '<%= config.bin %> sensor add --port /dev/ttyUSB0 --driver sds011 --name "Kitchen air" --place Kitchen --exposure indoor',
    },
    {
      description: "A simulated one, to try things out",
      command: "<%= config.bin %> sensor add --port sim:sds011 --name Trial",
    },
  ];
  static override flags = {
    ...connectionFlags,
    name: Flags.string({ char: "n", summary: "How you call it.", required: true }),
    place: Flags.string({ summary: "Where it stands." }),
    exposure: Flags.option({ options: EXPOSURES, summary: "Whether it measures inside or outside." })(),
    interval: Flags.string({ summary: "Keep one reading per interval (60s, 5m); fast sensors are averaged." }),
    "dry-run": Flags.boolean({ summary: "Check and print what would be added." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(SensorAdd);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const ports = flags.driver === undefined ? await engine.call("port.list", {}) : [];
    const likely = ports.find(({ path }) => path === flags.port)?.likelyDrivers ?? [];
    const request = {
      ...parseConnection(flags, likely),
      name: flags.name,
      ...(flags.place === undefined ? {} : { place: flags.place }),
      ...(flags.exposure === undefined ? {} : { exposure: flags.exposure }),
      ...(flags.interval === undefined ? {} : { storeIntervalMs: parseDuration(flags.interval) }),
    };
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, sensor: request }, () => [
        this.say("sensor.wouldAdd", { name: request.name, port: request.port, driver: request.driverId }),
      ]);
      return;
    }
    const sensor = await engine.call("sensor.add", request);
    if (sensor.port.startsWith("/") && !existsSync(sensor.port)) {
      output.warn(this.say("sensor.notThere", { port: sensor.port }));
    }
    await output.document(sensor, () => [
      `${output.painter.green("✓")} ${this.say("sensor.added", {
        name: sensor.name,
        port: sensor.port,
        driver: driverTitle({ id: sensor.driverId, title: sensor.driverTitle }, this.texts),
      })}`,
      `  ${this.say("sensor.seeValues", { command: `ecolocal sensor watch "${sensor.name}"` })}`,
    ]);
  }
}

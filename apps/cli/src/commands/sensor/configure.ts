import type { Co2Change, ConfigurePlan } from "@ecolocal/core/sensing";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure, usageFailure } from "../../failure/cli-failure.ts";
import { findSensor } from "../../workspace/find.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorConfigure extends WorkspaceCommand {
  static override summary = "Tell a CO2 sensor about its baseline: the automatic one, or a calibration in fresh air.";
  static override description = [
    "For MH-Z19, SenseAir and SCD30 sensors. The automatic baseline takes the lowest value of some days for fresh air:",
    "turn it off in rooms that are never aired. A calibration says that the sensor breathes that concentration now; done",
    "in a room it makes every later value wrong. It needs --yes; --dry-run shows the bytes and sends nothing. The sensor",
    "itself remembers the change.",
  ].join("\n");
  static override examples = [
    {
      description: "Turn the automatic baseline off",
      command: "<%= config.bin %> sensor configure Bedroom --auto-baseline off",
    },
    {
      description: "Calibrate, after 20 minutes outdoors",
      command: "<%= config.bin %> sensor configure Bedroom --calibrate 400 --yes",
    },
    {
      description: "See the bytes first",
      command: "<%= config.bin %> sensor configure Bedroom --calibrate 400 --dry-run",
    },
  ];
  static override args = { sensor: Args.string({ description: "Name or id of the sensor.", required: true }) };
  static override flags = {
    "auto-baseline": Flags.option({
      options: ["on", "off"] as const,
      summary: "Automatic baseline (ABC, ASC) on or off.",
      exclusive: ["calibrate"],
    })(),
    calibrate: Flags.integer({ summary: "What it breathes now, in ppm: 400 is fresh air." }),
    yes: Flags.boolean({ summary: "It has been in that air for long enough; calibrate it." }),
    "dry-run": Flags.boolean({ summary: "Show what would be sent, and send nothing." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorConfigure);
    const { planCo2Change } = await import("@ecolocal/core/sensing");
    const output = this.output(flags);
    const change = readChange(flags["auto-baseline"], flags.calibrate);
    const engine = await this.engine(flags);
    const { id, name, driverId } = findSensor(args.sensor, await engine.call("sensor.list", {}));
    const plan = planCo2Change(driverId, change);
    if (!plan.ok) throw new CliFailure(plan.error);
    if (flags["dry-run"]) {
      const bytes = plan.value.steps.map(({ request }) => Buffer.from(request).toString("hex"));
      const { minutesInFreshAir } = plan.value;
      await output.document({ dryRun: true, sensorId: id, minutesInFreshAir, bytes }, () => [
        `Would send to "${name}":`,
        ...bytes.map((hex) => `  ${hex}`),
      ]);
      return;
    }
    if (change.kind === "calibrate" && !flags.yes) throw needsYes(name, change.ppm, plan.value);
    const done = await engine.call("sensor.configure", { sensorId: id, change });
    await output.document({ sensorId: id, change, ...done }, () => [describe(name, done.confirmed)]);
    if (done.confirmed === false) output.warn(`"${name}" was told, but says that it did not do it. Try again.`);
  }
}

function readChange(baseline: "on" | "off" | undefined, ppm: number | undefined): Co2Change {
  if (baseline !== undefined) return { kind: "baseline", on: baseline === "on" };
  if (ppm !== undefined) return { kind: "calibrate", ppm };
  throw usageFailure(
    "sensor configure",
    "",
    "Nothing was named that should change.",
    "Give --auto-baseline on, --auto-baseline off or --calibrate 400.",
  );
}

function needsYes(name: string, ppm: number, { minutesInFreshAir }: ConfigurePlan): CliFailure {
  const air = ppm === 400 ? "outdoor air (about 400 ppm), away from people and traffic" : `air of ${ppm} ppm`;
  return usageFailure(
    "sensor configure",
    name,
    `"${name}" must have been running in ${air} for ${minutesInFreshAir} minutes; otherwise all its later values are wrong.`,
    "If it has, say the same again with --yes.",
  );
}

function describe(name: string, confirmed: boolean | null): string {
  if (confirmed === null)
    return `Told "${name}". Sensors of its kind cannot be asked whether it holds: watch its values.`;
  return confirmed ? `✓ "${name}" says that it holds.` : `"${name}" was told.`;
}

import { createWriteStream } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { DeviceSimulator } from "@ecolocal/core/sensing";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../../base-command.ts";
import { EXIT } from "../../exit-codes.ts";
import { CliFailure } from "../../failure/cli-failure.ts";
import { type Interrupt, watchInterrupt } from "../../input/interrupt.ts";
import { parseDuration, parseInstant } from "../../input/time.ts";

export default class SensorSimulate extends BaseCommand {
  static override summary = "Print the bytes a sensor would send, for trying things out without one.";
  static override description = [
    "Frames come at the pace of the device, or of --interval; with --at-once they come without waiting, their times",
    "still one interval apart. The same seed gives the same bytes. To play a device on a port, join two ports with socat.",
  ].join("\n");
  static override examples = [
    {
      description: "A recording of 100 frames",
      command: "<%= config.bin %> sensor simulate sds011 --count 100 --at-once > recording.bin",
    },
    {
      description: "A smart meter on a port made with socat",
      command: "<%= config.bin %> sensor simulate dsmr --output ./meter-end",
    },
    {
      description: "What EcoLocal makes of it",
      command: "<%= config.bin %> sensor simulate lines --count 3 --at-once | <%= config.bin %> sensor decode lines -",
    },
  ];
  static override args = { driver: Args.string({ description: "Driver whose device is played.", required: true }) };
  static override flags = {
    output: Flags.string({ char: "o", summary: "File or port to write to; - is stdout.", default: "-" }),
    count: Flags.integer({ char: "n", min: 1, summary: "How many frames; without it, until Ctrl-C." }),
    interval: Flags.string({ summary: "Time between frames: 1s, 500ms." }),
    seed: Flags.integer({ summary: "Which of the possible days to play.", default: 1 }),
    start: Flags.string({ summary: "Time of the first frame; now when left out." }),
    "at-once": Flags.boolean({ summary: "Do not wait between frames.", dependsOn: ["count"] }),
  };

  private interrupt: Interrupt | undefined;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorSimulate);
    const { createDeviceSimulator, driverById, simulatedDrivers } = await import("@ecolocal/core/sensing");
    const { createRandom } = await import("@ecolocal/core/shared");
    const device = createDeviceSimulator(args.driver, { random: createRandom(flags.seed) });
    const spec = driverById(args.driver);
    if (device === undefined || spec === undefined) throw unknownDriver(args.driver, simulatedDrivers());
    this.interrupt = watchInterrupt();
    const play = {
      device,
      count: flags.count ?? Number.POSITIVE_INFINITY,
      intervalMs: flags.interval === undefined ? spec.expectedIntervalMs : parseDuration(flags.interval),
      start: flags.start === undefined ? Date.now() : parseInstant(flags.start, Date.now()),
      waits: !flags["at-once"],
      signal: this.interrupt.signal,
    };
    const target = flags.output === "-" ? process.stdout : createWriteStream(flags.output, { flags: "a" });
    await writeAll(target, frames(play), flags.output);
    if (this.interrupt.signal.aborted && flags.count === undefined) process.exitCode = EXIT.ok;
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    this.interrupt?.release();
    await super.finally(error);
  }
}

interface Play {
  readonly device: DeviceSimulator;
  readonly count: number;
  readonly intervalMs: number;
  readonly start: number;
  readonly waits: boolean;
  readonly signal: AbortSignal;
}

async function* frames({ device, count, intervalMs, start, waits, signal }: Play): AsyncGenerator<Uint8Array> {
  const boot = device.boot();
  if (boot.length > 0) yield boot;
  for (let index = 0; index < count && !signal.aborted; index++) {
    if (waits && index > 0) await pause(intervalMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) yield device.frame(start + index * intervalMs);
  }
}

async function writeAll(target: NodeJS.WritableStream, source: AsyncIterable<Uint8Array>, name: string): Promise<void> {
  const failed = new Promise<never>((_, reject) => target.once("error", reject));
  const written = (async () => {
    for await (const bytes of source) {
      await new Promise<void>((resolve) => target.write(bytes, () => resolve()));
    }
    if (target !== process.stdout) await new Promise<void>((resolve) => target.end(() => resolve()));
  })();
  try {
    await Promise.race([written, failed]);
  } catch (error) {
    throw new CliFailure({
      code: "EXPORT_FILE_REFUSED",
      op: "simulate",
      subject: name,
      detail: `${name} could not be written: ${error instanceof Error ? error.message : String(error)}`,
      retry: "after-change",
    });
  }
}

function unknownDriver(id: string, known: readonly string[]): CliFailure {
  return new CliFailure({
    code: "SENSING_DRIVER_UNKNOWN",
    op: "simulate",
    subject: id,
    detail: `No device of a driver "${id}" can be played.`,
    hint: `These can: ${known.join(", ")}`,
    retry: "after-change",
  });
}

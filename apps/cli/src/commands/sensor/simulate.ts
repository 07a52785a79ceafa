import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { DeviceSimulator } from "@ecolocal/core/sensing";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "../../base-command.ts";
import { EXIT } from "../../exit-codes.ts";
import { CliFailure, usageFailure } from "../../failure/cli-failure.ts";
import { type Interrupt, watchInterrupt } from "../../input/interrupt.ts";
import { parseDuration, parseInstant } from "../../input/time.ts";

export default class SensorSimulate extends BaseCommand {
  static override summary = "Print the bytes a sensor would send, for trying things out without one.";
  static override description = [
    "Frames come at the pace of the device, or of --interval; with --at-once they come without waiting, their times",
    "still one interval apart. The same seed gives the same bytes.",
    "",
    "With --pty the device speaks on a serial port of its own (Linux, macOS; needs socat), whose path is printed, until",
    "Ctrl-C; --fault lets things go wrong: drop, corrupt, split, duplicate, garbage, stall, unplug.",
  ].join("\n");
  static override examples = [
    {
      description: "A recording of 100 frames",
      command: "<%= config.bin %> sensor simulate sds011 --count 100 --at-once > recording.bin",
    },
    {
      description: "A smart meter on a port, pulled out now and then",
      command: "<%= config.bin %> sensor simulate dsmr --pty --fault unplug=0.01 --fault corrupt=0.05",
    },
    {
      description: "What EcoLocal makes of it",
      command: "<%= config.bin %> sensor simulate lines --count 3 --at-once | <%= config.bin %> sensor decode lines -",
    },
  ];
  static override args = { driver: Args.string({ description: "Driver whose device is played.", required: true }) };
  static override flags = {
    output: Flags.string({ char: "o", summary: "File or port to write to; - is stdout.", default: "-" }),
    variant: Flags.string({ summary: "Which member of the driver's family to play." }),
    count: Flags.integer({ char: "n", min: 1, summary: "How many frames; without it, until Ctrl-C." }),
    interval: Flags.string({ summary: "Time between frames: 1s, 500ms." }),
    seed: Flags.integer({ summary: "Which of the possible days to play.", default: 1 }),
    start: Flags.string({ summary: "Time of the first frame; now when left out." }),
    "at-once": Flags.boolean({ summary: "Do not wait between frames.", dependsOn: ["count"] }),
    pty: Flags.boolean({
      summary: "Speak on a serial port made for it, and print its path.",
      exclusive: ["output", "count", "start", "at-once"],
    }),
    fault: Flags.string({
      summary: "Chance of a fault per frame, KIND=0.01. May be repeated.",
      multiple: true,
      dependsOn: ["pty"],
    }),
  };

  private interrupt: Interrupt | undefined;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorSimulate);
    const { createDeviceSimulator, driverById, simulatedDrivers } = await import("@ecolocal/core/sensing");
    const { createRandom } = await import("@ecolocal/core/shared");
    const device = createDeviceSimulator(args.driver, {
      random: createRandom(flags.seed),
      ...(flags.variant === undefined ? {} : { variant: flags.variant }),
    });
    const spec = driverById(args.driver);
    if (device === undefined || spec === undefined) throw unknownDriver(args.driver, simulatedDrivers());
    this.interrupt = watchInterrupt();
    if (flags.pty) return this.pretend(args.driver, flags);
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

  private async pretend(driverId: string, flags: PretendFlags): Promise<void> {
    const { pretendPort } = await import("@ecolocal/engine/simulating");
    const faults = await parseFaults(flags.fault ?? []);
    const pace = flags.interval === undefined ? {} : { intervalMs: parseDuration(flags.interval) };
    const port = await pretendPort({ driverId, seed: flags.seed, faults, ...pace }, { now: () => Date.now() });
    if (!port.ok) throw new CliFailure(port.error);
    const output = this.output(flags);
    const signal = this.interrupt?.signal;
    await output.document({ port: port.value.path }, () => [port.value.path]);
    if (signal?.aborted === false) await once(signal, "abort");
    await port.value.remove();
    output.summary(this.say("sensor.framesSent", { frames: port.value.framesSent }));
    process.exitCode = EXIT.ok;
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    this.interrupt?.release();
    await super.finally(error);
  }
}

type PretendFlags = Parameters<BaseCommand["output"]>[0] & {
  readonly seed: number;
  readonly interval?: string | undefined;
  readonly fault?: readonly string[] | undefined;
};

async function parseFaults(texts: readonly string[]): Promise<Record<string, number>> {
  const { listFaults } = await import("@ecolocal/engine/simulating");
  const kinds = await listFaults();
  return Object.fromEntries(
    texts.map((text) => {
      const [kind = "", chance = ""] = text.split("=");
      const rate = Number(chance);
      if (kinds.includes(kind) && chance !== "" && rate >= 0 && rate <= 1) return [kind, rate];
      throw usageFailure("simulate", text, `"${text}" is no fault.`, `Write KIND=0.01; kinds are ${kinds.join(", ")}.`);
    }),
  );
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

import type { PreviewEvent } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../../failure/cli-failure.ts";
import { connectionFlags, parseConnection } from "../../input/connection-flags.ts";
import { parseDuration } from "../../input/time.ts";
import type { Field } from "../../output/output.ts";
import { createShow } from "../../output/show.ts";
import { findSensor } from "../../workspace/find.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

type KeepFlags = Parameters<WorkspaceCommand["output"]>[0] & {
  readonly workspace?: string | undefined;
  readonly name?: string | undefined;
  readonly map?: readonly string[] | undefined;
  readonly variant?: string | undefined;
};

type FrameEvent = Extract<PreviewEvent, { kind: "frame" }>;

export default class SensorRead extends WorkspaceCommand {
  static override summary = "Read a device once, or keep what another program pipes in.";
  static override description = [
    "Waits for the next thing the device says, and keeps nothing. Shows the last problem when it says nothing.",
    "",
    "With a driver and - it keeps what comes on stdin until that ends, in a sensor of the workspace on the port",
    "pipe:DRIVER, which is added when the first bytes come; through the running EcoLocal if there is one. Counts are told",
    "on stderr. Ctrl-C (exit code 130) keeps what has come so far.",
  ].join("\n");
  static override examples = [
    {
      description: "What is on this port?",
      command: "<%= config.bin %> sensor read --port /dev/ttyUSB0 --driver sds011",
    },
    {
      description: "Latest values of a sensor of the workspace",
      command: '<%= config.bin %> sensor read "Kitchen air" --json',
    },
    {
      description: "Keep what a radio receiver hears",
      command: "rtl_433 -F json -M time:utc:iso | <%= config.bin %> sensor read rtl_433 -",
    },
  ];
  static override args = {
    sensor: Args.string({ description: "A sensor of the workspace, instead of --port; before - a driver as well." }),
    input: Args.string({ description: "- for stdin, or a file: keep what comes from there." }),
  };
  static override flags = {
    ...connectionFlags,
    name: Flags.string({ summary: "Name of the sensor that is added for stdin; that of its driver otherwise." }),
    timeout: Flags.string({ summary: "How long to wait.", default: "30s" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorRead);
    const output = this.output(flags);
    if (args.sensor !== undefined && args.input !== undefined) return this.keep(args.sensor, args.input, flags);
    const engine = await this.engine(flags);
    if (args.sensor !== undefined) {
      const sensor = findSensor(args.sensor, await engine.call("sensor.list", {}));
      const show = createShow(this.environment.locale);
      await output.document({ sensorId: sensor.id, name: sensor.name, channels: sensor.channels }, () =>
        sensor.channels.map(({ quantity, key, latest, symbol, decimals }): Field => {
          const name = key === "" ? quantity : `${quantity}/${key}`;
          return [
            name,
            latest === null ? "–" : `${show.measured(latest.value, symbol, decimals)}  ${show.time(latest.at)}`,
          ];
        }),
      );
      return;
    }
    const ports = flags.driver === undefined ? await engine.call("port.list", {}) : [];
    const likely = ports.find(({ path }) => path === flags.port)?.likelyDrivers ?? [];
    const frame = await this.firstFrame(engine, parseConnection(flags, likely), parseDuration(flags.timeout));
    await output.document(frame, () => describe(frame, this.environment.locale));
  }

  /** Keeps what comes from `input`, until it ends or Ctrl-C. */
  private async keep(device: string, input: string, flags: KeepFlags): Promise<void> {
    const output = this.output(flags);
    const { openBytes } = await import("../../input/byte-source.ts");
    const { parseLineMapping } = await import("../../input/line-mapping.ts");
    const { feedSensor } = await import("../../workspace/feed-sensor.ts");
    const source = await openBytes(input);
    const engine = await this.engine(flags, { ingest: true });
    const report = await feedSensor(engine, {
      device,
      source,
      signal: this.interrupted,
      name: flags.name,
      mapping: (flags.map ?? []).map(parseLineMapping),
      variant: flags.variant,
      told: (sensor) => output.note(this.say("sensor.keeping", { name: sensor.name, port: sensor.port })),
    });
    // Whoever reads this may be gone already, which ends the program.
    await this.leave();
    await output.document(report, () => []);
    output.summary(
      this.say("sensor.fed", {
        bytes: report.bytes,
        good: report.framesOk,
        bad: report.framesBad,
        dropped: report.bytesDiscarded,
      }),
    );
  }

  private async firstFrame(
    engine: Engine,
    connection: ReturnType<typeof parseConnection>,
    timeoutMs: number,
  ): Promise<FrameEvent> {
    const signal = AbortSignal.any([this.interrupted, AbortSignal.timeout(timeoutMs)]);
    let problem: CliFailure | undefined;
    try {
      for await (const event of engine.stream("sensor.preview", connection, { signal })) {
        if (event.kind === "frame" && event.readings.length > 0) return event;
        if (event.kind === "state" && event.problem !== null) problem = new CliFailure(event.problem);
        if (problem !== undefined && NEEDS_YOU.includes(problem.failure.code)) throw problem;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    throw problem ?? silent(connection.port, timeoutMs);
  }
}

/** What waiting does not mend within a read: whoever waits for it should know now. */
const NEEDS_YOU: readonly string[] = ["SENSING_PORT_BUSY", "SENSING_PORT_DENIED", "SENSING_PORT_MISSING"];

function silent(port: string, timeoutMs: number): CliFailure {
  return new CliFailure({
    code: "SENSING_PORT_SILENT",
    op: "read sensor",
    subject: port,
    detail: `Nothing that the driver understands came from ${port} within ${timeoutMs / 1000} s.`,
    retry: "backoff",
  });
}

function describe(frame: FrameEvent, locale: string): Field[] {
  const show = createShow(locale);
  return [
    ...(frame.identity === null ? [] : [["device", frame.identity] as const]),
    ...frame.readings.map(({ quantity, channel, value, symbol, quality }) => {
      const marks = quality.length === 0 ? "" : ` (${quality.join(", ")})`;
      return [
        channel === null ? quantity : `${quantity}/${channel}`,
        `${show.measured(value, symbol)}${marks}`,
      ] as const;
    }),
  ];
}

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

type FrameEvent = Extract<PreviewEvent, { kind: "frame" }>;

export default class SensorRead extends WorkspaceCommand {
  static override summary = "Read a device once, without keeping anything.";
  static override description =
    "Waits for the next thing the device says. Shows the last problem when it says nothing.";
  static override examples = [
    {
      description: "What is on this port?",
      command: "<%= config.bin %> sensor read --port /dev/ttyUSB0 --driver sds011",
    },
    {
      description: "Latest values of a sensor of the workspace",
      command: '<%= config.bin %> sensor read "Kitchen air" --json',
    },
  ];
  static override args = { sensor: Args.string({ description: "A sensor of the workspace, instead of --port." }) };
  static override flags = {
    ...connectionFlags,
    timeout: Flags.string({ summary: "How long to wait.", default: "30s" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorRead);
    const output = this.output(flags);
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

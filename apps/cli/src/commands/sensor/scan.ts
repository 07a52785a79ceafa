import type { PortView } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { listFlags } from "../../base-command.ts";
import { CliFailure } from "../../failure/cli-failure.ts";
import type { Output } from "../../output/output.ts";
import type { Column } from "../../output/table.ts";
import { describeFinding, type Found, foundColumns, probeOne } from "../../workspace/probe.ts";
import { type Engine, WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorScan extends WorkspaceCommand {
  static override summary = "List the serial ports of this computer, and with --probe what is plugged into them.";
  static override description = [
    "Without --probe nothing is opened or changed. With it the free ports are listened to (3 to 45 seconds each);",
    "nothing is written to them unless you add --ask, and then only harmless questions to lines that are quiet.",
    "Opening a port restarts most Arduino and ESP boards.",
  ].join("\n");
  static override examples = [
    { description: "What is plugged in", command: "<%= config.bin %> sensor scan" },
    { description: "What speaks on the free ports", command: "<%= config.bin %> sensor scan --probe" },
    {
      description: "What is on one port, asking if it is silent",
      command: "<%= config.bin %> sensor scan /dev/ttyUSB0 --probe --ask",
    },
    {
      description: "Paths of free ports, for a script",
      command: "<%= config.bin %> sensor scan --filter access=ok --columns port --no-header",
    },
  ];
  static override args = { port: Args.string({ description: "Only this port." }) };
  static override flags = {
    ...listFlags,
    probe: Flags.boolean({ summary: "Listen to the free ports to find out what is on them." }),
    ask: Flags.boolean({ summary: "Also ask silent devices who they are (reads only).", dependsOn: ["probe"] }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorScan);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const all = await engine.call("port.list", {});
    const ports = all.filter(({ path }) => args.port === undefined || path === args.port);
    if (flags.probe) {
      // A port that the system does not list (a pseudo-terminal) can be listened to as well.
      const free = ports.filter(({ access, sensorId, usb }) => access === "ok" && sensorId === null && usb !== null);
      const paths = args.port === undefined ? free.map(({ path }) => path) : [args.port];
      await this.probe(engine, output, paths, flags.ask === true);
      return;
    }
    if (args.port !== undefined && ports.length === 0) throw new CliFailure(notListed(args.port));
    await output.list("ports", ports, portColumns);
    if (ports.length === 0) output.note(this.say("sensor.noPort"));
    for (const { problem, path } of ports) {
      if (problem !== null) output.note(`${path}: ${problem.detail} ${problem.hint ?? ""} [${problem.code}]`);
    }
  }

  private async probe(engine: Engine, output: Output, paths: readonly string[], ask: boolean): Promise<void> {
    const found: Found[] = [];
    for (const path of paths) {
      found.push(
        ...(await probeOne(engine, path, ask, {
          signal: this.interrupted,
          note: (text) => output.note(text),
          texts: this.texts,
        })),
      );
    }
    await output.list("found", found, foundColumns);
    if (paths.length === 0) output.note(this.say("sensor.noFreePort"));
    for (const each of found) output.note(describeFinding(each, this.texts));
  }
}

function notListed(path: string) {
  return {
    code: "SENSING_PORT_MISSING",
    op: "sensor scan",
    subject: path,
    detail: `There is no port ${path}.`,
    hint: "List the ports with: ecolocal sensor scan",
    retry: "after-change",
  } as const;
}

const portColumns: Column<PortView>[] = [
  { key: "port", header: "PORT", value: ({ path }) => path },
  { key: "name", header: "NAME", value: ({ name }) => name },
  { key: "access", header: "ACCESS", value: ({ access }) => access },
  { key: "busy_by", header: "BUSY BY", value: ({ busyBy }) => (busyBy ? `${busyBy.command} (${busyBy.pid})` : "") },
  { key: "likely", header: "LIKELY", value: ({ likelyDrivers }) => likelyDrivers.join(" ") },
  { key: "sensor", header: "SENSOR", value: ({ sensorId }) => sensorId },
];

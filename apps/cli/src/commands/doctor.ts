import { resolveDirectories } from "@ecolocal/engine/config";
import * as Flags from "@oclif/core/flags";
import { failureFromError } from "../failure/from-error.ts";
import type { Output } from "../output/output.ts";
import { writeOut } from "../output/stdout.ts";
import { type Seen, writeBundle } from "../workspace/bundle.ts";
import {
  type Check,
  checkDevices,
  checkFolder,
  checkNode,
  checkPorts,
  checkSensors,
  checkSpace,
  checkWorkspace,
  fromFailure,
} from "../workspace/checks.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

/** The Node that EcoLocal is built for and tested with. */
const NODE_MAJOR = 24;

export default class Doctor extends WorkspaceCommand {
  static override summary = "Look for what keeps EcoLocal from working, and say what to do.";
  static override description =
    "Changes nothing. The exit code is that of the first thing that failed; warnings leave it 0.";
  static override examples = [
    { description: "Check everything", command: "<%= config.bin %> doctor" },
    { description: "For a report", command: "<%= config.bin %> doctor --json" },
    { description: "An archive to send along", command: "<%= config.bin %> doctor --bundle report.tar.gz" },
    {
      description: "Let people open serial adapters (Linux)",
      command: "<%= config.bin %> doctor --udev-rules | sudo tee /etc/udev/rules.d/60-ecolocal-sensors.rules",
    },
  ];
  static override flags = {
    bundle: Flags.string({
      summary: "Write an archive with the checks, the state of ports and sensors, and the logs; no names, no secrets.",
      helpValue: "FILE",
    }),
    "udev-rules": Flags.boolean({
      summary: "Print the udev rules (Linux) that let people open the adapters sensors come on, and do nothing else.",
      exclusive: ["bundle"],
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    if (flags["udev-rules"]) {
      const { readUdevRules } = await import("@ecolocal/engine/diagnostics");
      return writeOut(await readUdevRules());
    }
    const output = this.output(flags);
    const { data } = resolveDirectories();
    const checks: Check[] = [
      checkNode(process.versions.node, NODE_MAJOR),
      await checkFolder("data folder", data),
      ...(await checkDevices()),
    ];
    let seen: Seen | null = null;
    try {
      seen = await this.look(flags);
      checks.push(...(await checkEngine(seen)));
    } catch (error) {
      checks.push(fromFailure("workspace", failureFromError(error, "doctor").failure, "fail"));
    }
    await output.document({ checks }, () => checks.flatMap((check) => describe(check, output)));
    if (flags.bundle !== undefined) {
      await writeBundle(flags.bundle, { checks, seen, version: this.config.version });
      output.note(this.say("doctor.wrote", { file: flags.bundle }));
    }
    const failed = checks.find(({ result }) => result === "fail");
    if (failed?.code !== undefined) {
      const { errorEntry } = await import("@ecolocal/core/api");
      process.exitCode = errorEntry(failed.code).exit;
    }
  }

  private async look(flags: { readonly workspace?: string | undefined }): Promise<Seen> {
    const engine = await this.engine(flags);
    const [status, ports, sensors] = await Promise.all([
      engine.call("workspace.status", {}),
      engine.call("port.list", {}),
      engine.call("sensor.list", {}),
    ]);
    return { status, ports, sensors };
  }
}

async function checkEngine({ status, ports, sensors }: Seen): Promise<Check[]> {
  return [checkWorkspace(status), await checkSpace(status.path), ...checkPorts(ports), ...checkSensors(sensors)];
}

function describe({ name, result, detail, code, hint }: Check, { painter }: Output): string[] {
  const marks = { ok: painter.green("✓"), warn: painter.yellow("!"), fail: painter.red("✗") };
  const more = [hint, code === undefined ? undefined : `ecolocal explain ${code}`].filter((text) => text !== undefined);
  return [`${marks[result]} ${name}: ${detail}`, ...(result === "ok" ? [] : more.map((text) => `    ${text}`))];
}

import { resolveDirectories } from "@ecolocal/engine/config";
import { failureFromError } from "../failure/from-error.ts";
import type { Output } from "../output/output.ts";
import {
  type Check,
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
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const output = this.output(flags);
    const { data } = resolveDirectories();
    const checks: Check[] = [checkNode(process.versions.node, NODE_MAJOR), await checkFolder("data folder", data)];
    try {
      checks.push(...(await this.checkEngine(flags)));
    } catch (error) {
      checks.push(fromFailure("workspace", failureFromError(error, "doctor").failure, "fail"));
    }
    await output.document({ checks }, () => checks.flatMap((check) => describe(check, output)));
    const failed = checks.find(({ result }) => result === "fail");
    if (failed?.code !== undefined) {
      const { errorEntry } = await import("@ecolocal/core/api");
      process.exitCode = errorEntry(failed.code).exit;
    }
  }

  private async checkEngine(flags: { readonly workspace?: string | undefined }): Promise<Check[]> {
    const engine = await this.engine(flags);
    const status = await engine.call("workspace.status", {});
    return [
      checkWorkspace(status),
      await checkSpace(status.path),
      ...checkPorts(await engine.call("port.list", {})),
      ...checkSensors(await engine.call("sensor.list", {})),
    ];
  }
}

function describe({ name, result, detail, code, hint }: Check, { painter }: Output): string[] {
  const marks = { ok: painter.green("✓"), warn: painter.yellow("!"), fail: painter.red("✗") };
  const more = [hint, code === undefined ? undefined : `ecolocal explain ${code}`].filter((text) => text !== undefined);
  return [`${marks[result]} ${name}: ${detail}`, ...(result === "ok" ? [] : more.map((text) => `    ${text}`))];
}

import type { WorkspaceStatus } from "@ecolocal/core/api";
import type { Field } from "../output/output.ts";
import { createShow } from "../output/show.ts";
import { loadTexts } from "../output/texts.ts";
import { statusDocument } from "../workspace/status-document.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Status extends WorkspaceCommand {
  static override summary = "Show the workspace: where it is, what it holds, who has it open.";
  static override examples = [
    { description: "The workspace you stand in, or the last one", command: "<%= config.bin %> status" },
    { description: "For a script", command: "<%= config.bin %> status --workspace ~/air --json" },
  ];

  async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const status = await engine.call("workspace.status", {});
    await output.document(statusDocument(status), () => describe(status, this.environment.locale));
    if (status.readOnlyBecause !== undefined)
      output.warn(await readOnlyText(status.readOnlyBecause, this.environment.locale));
    if (status.warning !== undefined) output.warn(`${status.warning}: ecolocal explain ${status.warning}`);
  }
}

async function readOnlyText(code: string, locale: string): Promise<string> {
  const texts = await loadTexts(locale);
  return `${texts.message(`error.${code}.what`)} ${texts.message(`error.${code}.do`)}`;
}

function describe(status: WorkspaceStatus, locale: string): Field[] {
  const show = createShow(locale);
  const { counts, owner } = status;
  return [
    ["Workspace", status.kind === "demo" ? `${status.name} (demo)` : status.name],
    ["Folder", status.path],
    ["Place", status.place || "–"],
    ["Mode", status.mode === "live" ? "live" : `read-only (${status.readOnlyBecause ?? "no reason given"})`],
    ["Sensors", `${counts.sensors}, with ${counts.channels} channels`],
    ["Readings", show.number(counts.readings)],
    ["Last reading", `${show.time(status.lastReadingAt)} (${show.ago(status.lastReadingAt, Date.now())})`],
    ["Projects", String(counts.projects)],
    ["Storage", show.bytes(status.storageBytes)],
    ["Opened by", owner.pid === process.pid ? "this command" : `process ${owner.pid} (${owner.role})`],
    ["Time zone", status.timeZone],
    ["Country", status.region?.country ?? "not said"],
    ["Rooms in use", status.occupancy === null ? "not said" : occupancyText(status.occupancy)],
    ["Version", `${status.appVersion}, database ${status.schemaVersion}`],
  ];
}

/** `Mon, Tue 8–14 h`. */
function occupancyText({ weekdays, fromHour, toHour }: NonNullable<WorkspaceStatus["occupancy"]>): string {
  const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  return `${weekdays.map((day) => names[day - 1]).join(", ")} ${fromHour}–${toHour} h`;
}

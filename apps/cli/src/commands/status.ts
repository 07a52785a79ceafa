import type { WorkspaceStatus } from "@ecolocal/core/api";
import { DAY_MS } from "@ecolocal/core/shared";
import type { Field } from "../output/output.ts";
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
    await output.document(statusDocument(status), () => this.describe(status));
    const open = status.mode === "live" ? await engine.call("notice.list", { open: true }) : [];
    if (open.length > 0) output.note(this.say("notice.open", { count: open.length }));
    if (status.readOnlyBecause !== undefined) output.warn(this.readOnlyText(status.readOnlyBecause));
    if (status.warning !== undefined) output.warn(`${status.warning}: ecolocal explain ${status.warning}`);
  }

  private readOnlyText(code: string): string {
    return `${this.texts.message(`error.${code}.what`)} ${this.texts.message(`error.${code}.do`)}`;
  }

  private describe(status: WorkspaceStatus): Field[] {
    const { show } = this;
    const { counts, owner } = status;
    const reason = status.readOnlyBecause ?? this.say("status.noReason");
    return [
      ["Workspace", status.kind === "demo" ? this.say("status.demo", { name: status.name }) : status.name],
      ["Folder", status.path],
      ["Place", status.place || "–"],
      ["Mode", status.mode === "live" ? this.say("status.live") : this.say("status.readOnly", { reason })],
      ["Sensors", this.say("status.sensors", { sensors: counts.sensors, channels: counts.channels })],
      ["Readings", show.number(counts.readings)],
      ["Last reading", `${show.time(status.lastReadingAt)} (${show.ago(status.lastReadingAt, Date.now())})`],
      ["Projects", String(counts.projects)],
      ["Storage", show.bytes(status.storageBytes)],
      [
        "Opened by",
        owner.pid === process.pid
          ? this.say("status.thisCommand")
          : this.say("status.process", { pid: owner.pid, role: owner.role }),
      ],
      ["Time zone", status.timeZone],
      ["Country", status.region?.country ?? this.say("notSaid")],
      [
        "Rooms in use",
        status.occupancy === null ? this.say("notSaid") : occupancyText(status.occupancy, this.environment.locale),
      ],
      ["Version", this.say("status.version", { app: status.appVersion, schema: status.schemaVersion })],
    ];
  }
}

/** A Monday, midnight UTC. */
const MONDAY = Date.UTC(2024, 0, 1);

/** `Mon, Tue 8–14 h`. */
function occupancyText(
  { weekdays, fromHour, toHour }: NonNullable<WorkspaceStatus["occupancy"]>,
  locale: string,
): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return `${weekdays.map((day) => name.format(MONDAY + (day - 1) * DAY_MS)).join(", ")} ${fromHour}–${toHour} h`;
}

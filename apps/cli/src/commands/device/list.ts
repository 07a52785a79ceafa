import type { DeviceView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import { listFlags } from "../../base-command.ts";
import { createShow } from "../../output/show.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

export default class DeviceList extends WorkspaceCommand {
  static override summary = "List the devices of the group's members.";
  static override examples = [{ description: "Which computers have access", command: "<%= config.bin %> device list" }];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(DeviceList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const devices = await engine.call("device.list", {});
    const members = await engine.call("member.list", {});
    const nameOf = new Map(members.map(({ userId, name }) => [userId, name]));
    await output.list(
      "devices",
      devices,
      deviceColumns(nameOf, (name) => this.say("device.this", { name })),
    );
  }
}

function deviceColumns(nameOf: ReadonlyMap<string, string>, thisOne: (name: string) => string): Column<DeviceView>[] {
  return [
    {
      key: "name",
      header: "DEVICE",
      value: ({ name }) => name,
      show: ({ name, isThis }) => (isThis ? thisOne(name) : name),
    },
    { key: "member", header: "MEMBER", value: ({ userId }) => nameOf.get(userId) ?? userId },
    { key: "state", header: "STATE", value: ({ revokedAt }) => (revokedAt === null ? "in use" : "removed") },
    {
      key: "added",
      header: "SINCE",
      value: ({ addedAt }) => instantToIso(addedAt),
      show: ({ addedAt }) => time(addedAt),
    },
    { key: "id", header: "ID", value: ({ deviceId }) => deviceId },
  ];
}

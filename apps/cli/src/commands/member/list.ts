import type { MemberView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import { listFlags } from "../../base-command.ts";
import { createShow } from "../../output/show.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

export default class MemberList extends WorkspaceCommand {
  static override summary = "List the members of the group and their roles.";
  static override examples = [{ description: "Who belongs to us", command: "<%= config.bin %> member list" }];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(MemberList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    await output.list("members", await engine.call("member.list", {}), memberColumns);
  }
}

const memberColumns: Column<MemberView>[] = [
  {
    key: "name",
    header: "MEMBER",
    value: ({ name }) => name,
    show: ({ name, isMe }) => (isMe ? `${name} (you)` : name),
  },
  { key: "role", header: "ROLE", value: ({ role }) => role },
  {
    key: "joined",
    header: "SINCE",
    value: ({ joinedAt }) => instantToIso(joinedAt),
    show: ({ joinedAt }) => time(joinedAt),
  },
  { key: "id", header: "ID", value: ({ userId }) => userId },
];

import type { InvitationView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import { listFlags } from "../../base-command.ts";
import { createShow } from "../../output/show.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

export default class InvitationList extends WorkspaceCommand {
  static override summary = "List the group's invitations; their links are not kept.";
  static override examples = [{ description: "What is still open", command: "<%= config.bin %> invitation list" }];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(InvitationList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    await output.list("invitations", await engine.call("invitation.list", {}), columns);
  }
}

const columns: Column<InvitationView>[] = [
  { key: "label", header: "FOR", value: ({ label }) => label },
  { key: "role", header: "ROLE", value: ({ role }) => role },
  { key: "left", header: "LEFT", align: "right", value: ({ usesLeft }) => usesLeft },
  {
    key: "until",
    header: "UNTIL",
    value: ({ expiresAt }) => instantToIso(expiresAt),
    show: ({ expiresAt }) => time(expiresAt),
  },
  { key: "state", header: "STATE", value: ({ revokedAt }) => (revokedAt === null ? "open" : "withdrawn") },
  { key: "id", header: "ID", value: ({ invitationId }) => invitationId },
];

import * as Flags from "@oclif/core/flags";
import { createShow } from "../../output/show.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

const ROLES = ["guest", "member", "coordinator", "steward"] as const;

export default class SyncInvite extends WorkspaceCommand {
  static override summary = "Make an invitation link for your group.";
  static override description =
    "Whoever has the link can join with it, so send it to the person alone. It is shown once.";
  static override examples = [
    { description: "One person, for a week", command: "<%= config.bin %> sync invite" },
    {
      description: "Twenty neighbours who only look",
      command: '<%= config.bin %> sync invite --role guest --uses 20 --label "Street party"',
    },
  ];
  static override flags = {
    role: Flags.string({
      summary: "guest reads, member writes, coordinator also invites, steward also changes roles.",
      options: [...ROLES],
      default: "member",
    }),
    label: Flags.string({ summary: "What it is for; shown in the list of invitations.", default: "" }),
    uses: Flags.integer({ summary: "How many people may join with it.", default: 1, min: 1, max: 500 }),
    days: Flags.integer({ summary: "How long it is good for.", default: 7, min: 1, max: 90 }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncInvite);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const role = ROLES.find((known) => known === flags.role) ?? "member";
    const { label, uses, days } = flags;
    const invitation = await engine.call("sync.invite", { role, label, uses, validForDays: days });
    await output.document(invitation, () => [invitation.link]);
    output.note(this.say("sync.canJoin", { uses, role, time: time(invitation.expiresAt) }));
  }
}

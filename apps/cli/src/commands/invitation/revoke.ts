import * as Args from "@oclif/core/args";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class InvitationRevoke extends WorkspaceCommand {
  static override summary = "Withdraw an invitation; who has joined with it stays.";
  static override examples = [
    { description: "The link got around", command: "<%= config.bin %> invitation revoke 01jdqz5e8k9v1t3m7rhc2wxa4b" },
  ];
  static override args = { invitation: Args.string({ description: "Id of the invitation.", required: true }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(InvitationRevoke);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const invitations = await engine.call("invitation.revoke", { invitationId: args.invitation.toLowerCase() });
    await output.document({ invitations }, () => [`${output.painter.green("✓")} ${this.say("invitation.revoked")}`]);
  }
}

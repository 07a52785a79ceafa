import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findMember } from "../../sync/find-account.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const ROLES = ["guest", "member", "coordinator", "steward"] as const;

export default class MemberRole extends WorkspaceCommand {
  static override summary = "Give a member another role.";
  static override examples = [
    { description: "Ben may invite", command: "<%= config.bin %> member role Ben coordinator" },
  ];
  static override args = {
    member: Args.string({ description: "Name or id.", required: true }),
    role: Args.string({ description: "The new role.", options: [...ROLES], required: true }),
  };
  static override flags = { "dry-run": Flags.boolean({ char: "n", summary: "Print what would change." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(MemberRole);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const member = findMember(args.member, await engine.call("member.list", {}));
    const role = ROLES.find((known) => known === args.role) ?? member.role;
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, member, role }, () => [
        this.say("member.wouldBe", { name: member.name, role }),
      ]);
      return;
    }
    const members = await engine.call("member.setRole", { userId: member.userId, role });
    await output.document({ members }, () => [
      `${output.painter.green("✓")} ${this.say("member.is", { name: member.name, role })}`,
    ]);
  }
}

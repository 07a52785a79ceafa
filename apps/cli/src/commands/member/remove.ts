import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findMember } from "../../sync/find-account.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class MemberRemove extends WorkspaceCommand {
  static override summary = "Remove a member from the group, with all devices, at once.";
  static override description = "What the person wrote stays. What was already on their devices stays there.";
  static override examples = [{ description: "Ben has moved away", command: "<%= config.bin %> member remove Ben" }];
  static override args = { member: Args.string({ description: "Name or id.", required: true }) };
  static override flags = { "dry-run": Flags.boolean({ char: "n", summary: "Print who would be removed." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(MemberRemove);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const member = findMember(args.member, await engine.call("member.list", {}));
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, member }, () => [
        this.say("member.wouldRemove", { name: member.name, role: member.role }),
      ]);
      return;
    }
    const members = await engine.call("member.remove", { userId: member.userId });
    await output.document({ members }, () => [
      `${output.painter.green("✓")} ${this.say("member.removed", { name: member.name })}`,
    ]);
  }
}

import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { usageFailure } from "../../failure/cli-failure.ts";
import { createShow } from "../../output/show.ts";
import { syncSentence } from "../../sync/sync-lines.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

export default class SyncJoin extends WorkspaceCommand {
  static override summary = "Join a group with an invitation link, and share this workspace with it.";
  static override description =
    "Projects that are here are sent to the group, those of the group come here. A backup is made first.";
  static override examples = [
    {
      description: "As Ada",
      command: '<%= config.bin %> sync join "ecolocal://join?server=…&workspace=main#…" --name Ada',
    },
    {
      description: "See who invites, and as what",
      command: '<%= config.bin %> sync join "ecolocal://join?server=…&workspace=main#…" --dry-run',
    },
  ];
  static override args = { link: Args.string({ description: "The invitation link, in quotes.", required: true }) };
  static override flags = {
    name: Flags.string({ summary: "Your name, as the others will see it." }),
    device: Flags.string({ summary: "Name of this computer in the list of devices; its host name otherwise." }),
    "dry-run": Flags.boolean({ char: "n", summary: "Print what the invitation offers." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SyncJoin);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    if (flags["dry-run"]) {
      const offer = await engine.call("sync.preview", { link: args.link });
      await output.document({ dryRun: true, ...offer }, () => [
        ["Group", offer.groupName],
        ["Server", `${offer.server}${offer.encrypted ? "" : " (not encrypted)"}`],
        ["Invited by", offer.invitedBy || "the server"],
        ["As", offer.role],
        ["Until", time(offer.expiresAt)],
      ]);
      return;
    }
    if (flags.name === undefined) {
      throw usageFailure("sync join", "--name", "Your name is missing.", "Add --name, as the others will see it.");
    }
    const status = await engine.call("sync.join", {
      link: args.link,
      userName: flags.name,
      ...(flags.device === undefined ? {} : { deviceName: flags.device }),
    });
    await output.document(status, () => [
      `${output.painter.green("✓")} ${this.say("sync.joined", { name: status.me?.name ?? "", role: status.me?.role ?? "" })}`,
      `  ${syncSentence(status, this.texts)}`,
    ]);
  }
}

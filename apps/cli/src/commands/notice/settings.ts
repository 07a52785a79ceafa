import { NOTICE_KINDS } from "@ecolocal/core/notice";
import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class NoticeSettings extends WorkspaceCommand {
  static override summary = "Show or change the quiet hours, and which notices are only listed.";
  static override description =
    "Times are those of the workspace's zone and may cross midnight. What is muted is listed as read and comes without a desktop notification.";
  static override examples = [
    { description: "How it is", command: "<%= config.bin %> notice settings" },
    { description: "Quiet at night", command: "<%= config.bin %> notice settings --quiet-from 22:00 --quiet-to 07:00" },
    { description: "No word about ideas", command: "<%= config.bin %> notice settings --mute idea_new" },
  ];
  static override flags = {
    "quiet-from": Flags.string({ summary: "Begin of the quiet hours, HH:MM.", dependsOn: ["quiet-to"] }),
    "quiet-to": Flags.string({ summary: "End of the quiet hours, HH:MM.", dependsOn: ["quiet-from"] }),
    "no-quiet": Flags.boolean({ summary: "No quiet hours.", exclusive: ["quiet-from"] }),
    mute: Flags.option({
      options: NOTICE_KINDS,
      summary: "Only list notices of this kind. May be repeated; replaces what was muted.",
      multiple: true,
    })(),
    "mute-none": Flags.boolean({ summary: "Mute nothing.", exclusive: ["mute"] }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(NoticeSettings);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const from = flags["quiet-from"];
    const to = flags["quiet-to"];
    const change = {
      ...(from !== undefined && to !== undefined ? { quiet: { from, to } } : {}),
      ...(flags["no-quiet"] ? { quiet: null } : {}),
      ...(flags.mute === undefined ? {} : { muted: [...flags.mute] }),
      ...(flags["mute-none"] ? { muted: [] } : {}),
    };
    const isChange = Object.keys(change).length > 0;
    const settings = isChange
      ? await engine.call("notice.configure", change)
      : await engine.call("notice.settings", {});
    await output.document(settings, () => [
      ["Quiet from", settings.quiet?.from ?? "–"],
      ["Quiet to", settings.quiet?.to ?? "–"],
      ["Muted", settings.muted.join(", ") || "–"],
    ]);
  }
}

import type { ChannelSharing } from "@ecolocal/core/api";
import type { Formatter } from "@ecolocal/messages";
import { listFlags } from "../../base-command.ts";
import type { Show } from "../../output/show.ts";
import type { Column } from "../../output/table.ts";
import { audienceText, channelTitle } from "../../sharing/sharing-lines.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class ShareList extends WorkspaceCommand {
  static override summary = "List who gets the readings of each channel, and how much has been sent.";
  static override examples = [
    { description: "All channels", command: "<%= config.bin %> share list" },
    { description: "What everyone can see", command: "<%= config.bin %> share list --filter audience=public" },
  ];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(ShareList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const channels = await engine.call("share.channels", {});
    await output.list("channels", channels, columns(this.show, this.texts));
    if (channels.length === 0) output.note(this.say("share.none"));
  }
}

function columns(show: Show, texts: Formatter): Column<ChannelSharing>[] {
  return [
    { key: "channel", header: "CHANNEL", value: channelTitle },
    {
      key: "audience",
      header: "WHO",
      value: ({ audience }) => audience,
      show: ({ audience }) => audienceText(audience, texts),
    },
    {
      key: "resolution",
      header: "DETAIL",
      value: ({ audience, resolution }) => (audience === "none" ? "" : resolution),
    },
    { key: "readings", header: "SENT", value: ({ sent }) => sent?.readings ?? 0 },
    {
      key: "upTo",
      header: "SENT UP TO",
      value: ({ sharedUpTo }) => sharedUpTo,
      show: ({ sharedUpTo }) => (sharedUpTo === null ? "" : show.time(sharedUpTo)),
    },
    { key: "waiting", header: "DAYS WAITING", value: ({ waitingDays }) => waitingDays },
    {
      key: "trouble",
      header: "TROUBLE",
      value: ({ refusedCode, deleting }) => refusedCode ?? (deleting ? "deleting" : ""),
      show: ({ refusedCode, deleting }) => refusedCode ?? (deleting ? texts.message("cli.share.deleting") : ""),
    },
    { key: "id", header: "ID", value: ({ channelId }) => channelId },
  ];
}

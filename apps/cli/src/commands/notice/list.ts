import type { NoticeView } from "@ecolocal/core/api";
import { instantToIso } from "@ecolocal/core/shared";
import { noticeText } from "@ecolocal/messages";
import * as Flags from "@oclif/core/flags";
import { listFlags } from "../../base-command.ts";
import type { Column } from "../../output/table.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class NoticeList extends WorkspaceCommand {
  static override summary =
    "List what happened without your asking: sensors that fell silent, failed backups, new ideas.";
  static override examples = [
    { description: "What goes on now", command: "<%= config.bin %> notice list --open" },
    { description: "What nobody has read, for a script", command: "<%= config.bin %> notice list --unread --json" },
  ];
  static override flags = {
    ...listFlags,
    open: Flags.boolean({ summary: "Only what goes on." }),
    unread: Flags.boolean({ summary: "Only what nobody has read." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(NoticeList);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const notices = await engine.call("notice.list", { open: flags.open, unread: flags.unread });
    await output.list("notices", notices, this.columns());
    if (notices.length === 0) output.note(this.say("notice.none"));
  }

  private columns(): Column<NoticeView>[] {
    const { show, texts } = this;
    const forms = { time: show.time, day: (on: string) => on, bytes: show.bytes };
    return [
      {
        key: "raised",
        header: "RAISED",
        value: ({ raisedAt }) => instantToIso(raisedAt),
        show: ({ raisedAt }) => show.time(raisedAt),
      },
      { key: "kind", header: "KIND", value: ({ kind }) => kind },
      { key: "notice", header: "NOTICE", value: (notice) => noticeText(notice, texts, forms) },
      {
        key: "until",
        header: "UNTIL",
        value: ({ resolvedAt }) => (resolvedAt === null ? "" : instantToIso(resolvedAt)),
        show: ({ resolvedAt }) => show.time(resolvedAt),
      },
      {
        key: "read",
        header: "READ",
        value: ({ readAt }) => (readAt === null ? "no" : "yes"),
        show: ({ readAt }) => this.say(readAt === null ? "no" : "yes"),
      },
      { key: "id", header: "ID", value: ({ id }) => id },
    ];
  }
}

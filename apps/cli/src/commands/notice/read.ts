import * as Args from "@oclif/core/args";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class NoticeRead extends WorkspaceCommand {
  static override summary = "Mark one notice, or all, as read.";
  static override examples = [
    { description: "Everything", command: "<%= config.bin %> notice read" },
    { description: "One", command: "<%= config.bin %> notice read 01KAXZ5N7G3V8M2QJ4C6T9W0RE" },
  ];
  static override args = { id: Args.string({ description: "Id of the notice; all without it." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(NoticeRead);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const marked = await engine.call("notice.markRead", args.id === undefined ? {} : { ids: [args.id] });
    await output.document(marked, () => [this.say("notice.marked", { count: marked.changed.length })]);
  }
}

import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SyncHost extends WorkspaceCommand {
  static override summary = "Host the group from this computer, for a meeting, until Ctrl-C.";
  static override description =
    "Others in the same network join with the link. Afterwards everyone works on alone until you host again.";
  static override examples = [
    { description: "The first meeting", command: "<%= config.bin %> sync host --name Ada" },
    { description: "The next one", command: "<%= config.bin %> sync host" },
  ];
  static override flags = {
    name: Flags.string({ summary: "Your name, when the group begins with this." }),
    port: Flags.integer({ summary: "TCP port; any free one at first, the same one later.", min: 1, max: 65_535 }),
    uses: Flags.integer({ summary: "How many people may join with the link.", default: 20, min: 1, max: 500 }),
  };

  protected override readonly streaming: boolean = true;

  async run(): Promise<void> {
    const { flags } = await this.parse(SyncHost);
    const output = this.output(flags);
    const engine = await this.engine(flags, { agent: true });
    const { name, port, uses } = flags;
    const status = await engine.call("share.host", {
      ...(name === undefined ? {} : { userName: name }),
      ...(port === undefined ? {} : { port }),
    });
    const { link } = await engine.call("sync.invite", { role: "member", label: "meeting", uses, validForDays: 1 });
    await output.item({ ...status, link }, () => link);
    const addresses = status.addresses.join(", ");
    output.note(addresses === "" ? this.say("sync.hostingHere") : this.say("sync.hosting", { addresses }));
    const signal = this.interrupted;
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await engine.call("share.stop", {});
  }
}

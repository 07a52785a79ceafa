import type { PushStatus } from "@ecolocal/core/api";
import * as Flags from "@oclif/core/flags";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class SensorReceive extends WorkspaceCommand {
  static override summary = "Let devices on the local network post their readings, or stop that.";
  static override description = [
    "Takes airRohr (sensor.community) posts at /push and openSenseMap posts at /boxes/ID/data, with a token. Off until",
    "you turn it on; with --lan other devices may reach it, otherwise only this computer. Without a flag it says how",
    "things are and who posted lately.",
  ].join("\n");
  static override examples = [
    { description: "How things are", command: "<%= config.bin %> sensor receive" },
    { description: "Let devices of the network post", command: "<%= config.bin %> sensor receive --on --lan" },
    {
      description: "Add a device that posts",
      command: "<%= config.bin %> sensor add --name Balcony --driver airrohr --port push:esp8266-1234567",
    },
  ];
  static override flags = {
    on: Flags.boolean({ summary: "Turn it on.", exclusive: ["off"] }),
    off: Flags.boolean({ summary: "Turn it off." }),
    lan: Flags.boolean({ summary: "Let other devices of the network in.", dependsOn: ["on"] }),
    port: Flags.integer({ min: 1024, max: 65_535, summary: "Port to listen on.", dependsOn: ["on"] }),
    "new-token": Flags.boolean({
      summary: "Make a new token; devices with the old one are refused.",
      dependsOn: ["on"],
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(SensorReceive);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const changes = flags.on || flags.off;
    const status = changes
      ? await engine.call("push.configure", {
          enabled: flags.on === true,
          ...(flags.on ? { lan: flags.lan === true } : {}),
          ...(flags.port === undefined ? {} : { port: flags.port }),
          newToken: flags["new-token"] === true,
        })
      : await engine.call("push.status", {});
    await output.document({ push: status }, () => this.describe(status));
    if (status.problem !== null)
      output.note(`${status.problem.detail} ${status.problem.hint ?? ""} [${status.problem.code}]`);
  }

  private describe({ enabled, open, addresses, lan, token, devices }: PushStatus): string[] {
    if (!enabled) return [this.say("receive.off")];
    const where = { lan: lan ? "yes" : "no", addresses: addresses.join(" ") };
    return [
      open ? this.say("receive.open", where) : this.say("receive.closed", where),
      token === null ? this.say("receive.tokenWas") : this.say("receive.token", { token }),
      ...devices.map(({ port, driverId, messages, read }) =>
        [port, driverId, messages, this.say(read ? "receive.isRead" : "receive.notAdded")].join("  "),
      ),
    ];
  }
}

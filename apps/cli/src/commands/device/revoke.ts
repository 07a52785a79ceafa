import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { findDevice } from "../../sync/find-account.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class DeviceRevoke extends WorkspaceCommand {
  static override summary = "Take a device's access away, at once; for one that was lost or sold.";
  static override examples = [
    { description: "The stolen laptop", command: '<%= config.bin %> device revoke "Ben\'s laptop"' },
  ];
  static override args = { device: Args.string({ description: "Name or id.", required: true }) };
  static override flags = { "dry-run": Flags.boolean({ char: "n", summary: "Print which device it would be." }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DeviceRevoke);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const device = findDevice(args.device, await engine.call("device.list", {}));
    if (flags["dry-run"]) {
      await output.document({ dryRun: true, device }, () => [this.say("device.wouldRevoke", { name: device.name })]);
      return;
    }
    const devices = await engine.call("device.revoke", { deviceId: device.deviceId });
    await output.document({ devices }, () => [
      `${output.painter.green("✓")} ${this.say("device.revoked", { name: device.name })}`,
    ]);
  }
}

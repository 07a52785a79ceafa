import * as Args from "@oclif/core/args";
import { BaseCommand } from "../../base-command.ts";
import { readDeviceFile } from "../../workspace/device-file.ts";

export default class SensorCheck extends BaseCommand {
  static override summary = "Check a file that describes a device of your own.";
  static override description = [
    "Says every mistake with its line. A good file goes into the folder `devices` of a workspace, where it is a driver",
    "like any other; docs/guide/own-devices.md lists what a description may say.",
  ].join("\n");
  static override examples = [
    { description: "Check a file", command: "<%= config.bin %> sensor check greenhouse.yaml" },
    { description: "Try it on a recording", command: "<%= config.bin %> sensor decode greenhouse.yaml recording.txt" },
  ];
  static override args = { file: Args.string({ description: "YAML or JSON file.", required: true }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SensorCheck);
    const output = this.output(flags);
    const { id, title, quantities, serial, expectedIntervalMs } = await readDeviceFile(args.file);
    const driver = { id, title, quantities, serial, expectedIntervalMs };
    await output.document({ driver }, () => [
      `${output.painter.green("✓")} ${args.file} describes "${title}" (${id}): ${quantities.join(", ")}`,
    ]);
  }
}

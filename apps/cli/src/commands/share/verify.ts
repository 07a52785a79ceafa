import * as Args from "@oclif/core/args";
import { BaseCommand } from "../../base-command.ts";
import { CliFailure } from "../../failure/cli-failure.ts";
import { createShow } from "../../output/show.ts";
import { readBytes } from "../../sync/patch-bytes.ts";

export default class ShareVerify extends BaseCommand {
  static override summary = "Check a signed file of readings: that it is whole, and who signed it.";
  static override description = [
    "No workspace is needed. Compare the fingerprint with the one that its owner reads to you: a name can be claimed, a",
    "key cannot. Exit code 7 says that the file is damaged, changed, or none of ours.",
  ].join("\n");
  static override examples = [
    {
      description: "A file from a neighbour",
      command: "<%= config.bin %> share verify pm25-2026-05-01-k3x9qd.ecolocal-segment",
    },
  ];
  static override args = { file: Args.string({ description: "The file.", required: true }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ShareVerify);
    const output = this.output(flags);
    const show = createShow(this.environment.locale);
    const { readSegmentFile } = await import("@ecolocal/engine/sharing");
    const read = readSegmentFile(await readBytes(args.file));
    if (!read.ok) throw new CliFailure({ ...read.error, subject: args.file });
    const { owner, quantity, sensorName, place, exposure, day, readings, resolution, madeAt } = read.value;
    await output.document(read.value, () => [
      ["Readings", `${readings} of ${quantity}, ${day} (UTC), ${resolution === "raw" ? "as measured" : "one an hour"}`],
      ["Sensor", [sensorName, place, exposure].filter((part) => part !== "").join(", ")],
      ["Signed by", `${owner.userName || "somebody"}, ${show.time(madeAt)}`],
      ["Fingerprint", owner.fingerprint],
    ]);
  }
}

import type { PatchPreview } from "@ecolocal/core/api";
import * as Args from "@oclif/core/args";
import { createShow } from "../../output/show.ts";
import { readBytes } from "../../sync/patch-bytes.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

const { time } = createShow("en");

const SIGNERS: Readonly<Record<PatchPreview["signer"], string>> = {
  member: "a member of your group",
  trusted: "somebody you trust",
  guest: "a guest of your group, who may only read",
  revoked: "a device that was removed from your group",
  unknown: "somebody who is not known here",
};

export default class PatchShow extends WorkspaceCommand {
  static override summary = "Show what a patch file holds and who signed it, without importing it.";
  static override examples = [
    { description: "Look first", command: "<%= config.bin %> patch show school.ecolocal-patch" },
  ];
  static override args = { file: Args.string({ description: "The patch file.", required: true }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PatchShow);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const preview = await engine.call("patch.preview", { data: await readBytes(args.file) });
    await output.document(preview, () => [
      ["From", `${preview.from.userName || "somebody"} on ${preview.from.deviceName}`],
      ["Made", time(preview.madeAt)],
      ["Signed by", SIGNERS[preview.signer]],
      ["Fingerprint", preview.fingerprint],
      ...preview.documents.map(({ title, effect }): [string, string] => ["Document", `${title}: ${effect}`]),
    ]);
  }
}

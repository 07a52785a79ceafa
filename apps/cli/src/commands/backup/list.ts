import { listFlags } from "../../base-command.ts";
import { createShow } from "../../output/show.ts";
import { locateWorkspace } from "../../workspace/locate.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class BackupList extends WorkspaceCommand {
  static override summary = "List the backups of a workspace, newest first.";
  static override description =
    "One is made each day a workspace is in use, and before an upgrade. They are in its folder `backups`; copy that folder elsewhere now and then.";
  static override examples = [{ description: "What could be restored", command: "<%= config.bin %> backup list" }];
  static override flags = listFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(BackupList);
    const output = this.output(flags);
    const show = createShow(this.environment.locale);
    const { listBackups } = await import("@ecolocal/engine/backups");
    const backups = listBackups(locateWorkspace(flags.workspace, this.environment.workspace))
      .toSorted((a, b) => b.manifest.createdAt - a.manifest.createdAt)
      .map(({ path, manifest }) => ({
        at: new Date(manifest.createdAt).toISOString(),
        reason: manifest.reason,
        bytes: manifest.file.bytes,
        checkedAt: manifest.checked === undefined ? null : new Date(manifest.checked.at).toISOString(),
        isWhole: manifest.checked?.isWhole ?? null,
        path,
      }));
    await output.list("backups", backups, [
      { key: "at", header: "MADE", value: (row) => row.at },
      { key: "reason", header: "WHY", value: (row) => row.reason },
      { key: "size", header: "SIZE", align: "right", value: (row) => show.bytes(row.bytes) },
      {
        key: "checked",
        header: "CHECKED",
        value: (row) => (row.isWhole === false ? "DAMAGED" : (row.checkedAt ?? "–")),
      },
      { key: "path", header: "FOLDER", value: (row) => row.path },
    ]);
  }
}

import type { BackupEvent } from "@ecolocal/core/api";
import { createProgress, describeRemaining } from "../../output/progress.ts";
import { createShow } from "../../output/show.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

export default class BackupCreate extends WorkspaceCommand {
  static override summary = "Back the workspace up now, while it goes on working.";
  static override description = [
    "Writes a consistent copy into the workspace's folder `backups` and checks it; sensors go on being read and stored",
    "meanwhile. Ctrl-C ends it and leaves nothing behind. Backups made by hand are kept for good.",
  ].join("\n");
  static override examples = [{ description: "Before a journey", command: "<%= config.bin %> backup create" }];

  async run(): Promise<void> {
    const { flags } = await this.parse(BackupCreate);
    const output = this.output(flags);
    const engine = await this.engine(flags);
    const progress = createProgress(!flags.quiet);
    output.note("Writing and checking the copy …");
    try {
      for await (const event of engine.stream("backup.create", {}, { signal: this.interrupted })) {
        if (event.kind === "progress") {
          progress.show(describe(event));
          continue;
        }
        progress.end();
        const { backup } = event;
        const { bytes } = createShow(this.environment.locale);
        await output.document({ ...backup, createdAt: new Date(backup.createdAt).toISOString() }, () => [
          `${output.painter.green("✓")} Backed up and checked: ${bytes(backup.bytes)}`,
          `  ${backup.path}`,
        ]);
      }
    } finally {
      progress.end();
    }
  }
}

function describe({ phase, doneBytes, totalBytes, remainingMs }: Extract<BackupEvent, { kind: "progress" }>): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes);
  return `${phase === "copy" ? "Copying" : "Checking"} · ${percent} %${describeRemaining(remainingMs)}`;
}

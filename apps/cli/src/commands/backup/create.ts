import type { BackupEvent } from "@ecolocal/core/api";
import { createProgress, describeRemaining } from "../../output/progress.ts";
import { WorkspaceCommand } from "../../workspace-command.ts";

type BackupProgress = Extract<BackupEvent, { kind: "progress" }>;

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
    const progress = createProgress(!flags.quiet, this.texts);
    output.note(this.say("backup.writing"));
    try {
      for await (const event of engine.stream("backup.create", {}, { signal: this.interrupted })) {
        if (event.kind === "progress") {
          progress.show(this.describe(event));
          continue;
        }
        progress.end();
        const { backup } = event;
        const { bytes } = this.show;
        await output.document({ ...backup, createdAt: new Date(backup.createdAt).toISOString() }, () => [
          `${output.painter.green("✓")} ${this.say("backup.done", { size: bytes(backup.bytes) })}`,
          `  ${backup.path}`,
        ]);
      }
    } finally {
      progress.end();
    }
  }

  private describe({ phase, doneBytes, totalBytes, remainingMs }: BackupProgress): string {
    const percent = totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes);
    const what = this.say(phase === "copy" ? "backup.copying" : "backup.checking");
    return `${what} · ${percent} %${describeRemaining(remainingMs, this.texts)}`;
  }
}

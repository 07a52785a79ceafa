import { resolve } from "node:path";
import type { HostState } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import type { Switchboard } from "@ecolocal/engine/workspace";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../failure/cli-failure.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Open extends WorkspaceCommand {
  static override summary = "Open EcoLocal in the browser, and read the sensors until Ctrl-C.";
  static override description = [
    "Serves the app on this computer only; the address carries a key that is new at every start. Without a workspace the",
    "app asks what to begin with; a workspace that cannot be opened it explains, with a way on.",
  ].join("\n");
  static override examples = [
    { description: "The workspace you stand in, or the last one", command: "<%= config.bin %> open" },
    {
      description: "On a fixed port, without a browser window",
      command: "<%= config.bin %> open --workspace ~/air --port 4321 --no-open",
    },
  ];
  static override flags = {
    port: Flags.integer({
      char: "p",
      min: 0,
      max: 65_535,
      summary: "Loopback port; a free one when left out.",
      default: 0,
    }),
    "no-open": Flags.boolean({ summary: "Print the address and open nothing." }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Open);
    const output = this.output(flags);
    const signal = this.interrupted;
    const { interfaceFiles } = await import("../workspace/interface-files.ts");
    const { startLoopbackHost } = await import("@ecolocal/engine/serve");
    const root = interfaceFiles(this.config.root);
    const board = await this.startBoard(flags.workspace);
    try {
      const host = await startLoopbackHost({
        root,
        port: flags.port,
        accept: (link) => void board.serve(link, ["browser"]),
      });
      if (!host.ok) throw new CliFailure(host.error);
      const { url, port } = host.value;
      const stopNotes = board.onState((state) => output.note(this.noteOf(state)));
      try {
        await output.document({ url, port, workspace: pathOf(board.state()) }, () => [this.say("open.at", { url })]);
        output.note(`${this.noteOf(board.state())} ${this.say("interrupt")}`);
        if (!flags["no-open"]) await this.showInBrowser(url);
        await aborted(signal);
      } finally {
        stopNotes();
        await host.value.close();
      }
    } finally {
      await board.close();
    }
  }

  /** The named workspace, the one that one stands in, or the last; until there is one, the app asks. */
  private async startBoard(named: string | undefined): Promise<Switchboard> {
    const { openProgramLog } = await import("@ecolocal/engine/log");
    const { startSwitchboard } = await import("@ecolocal/engine/workspace");
    const { workspaceAround } = await import("../workspace/locate.ts");
    const typed = named ?? this.environment.workspace;
    const chosen = typed === undefined ? workspaceAround(process.cwd()) : resolve(typed);
    const board = await startSwitchboard(chosen, {
      role: "cli",
      holdsAs: "agent",
      appVersion: this.config.version,
      ingest: true,
      log: openProgramLog("cli"),
    });
    const state = board.state();
    // A mistyped folder is told where it was typed; everything else the app explains better.
    if (state.kind !== "refused" || state.failure.code !== "WORKSPACE_NOT_FOUND") return board;
    await board.close();
    throw new CliFailure(state.failure as Failure);
  }

  private noteOf(state: HostState): string {
    if (state.kind === "welcome") return this.say("open.none");
    return state.kind === "open"
      ? this.say("open.workspace", { path: state.path })
      : this.say("open.refused", { path: state.path, code: state.failure.code });
  }

  private async showInBrowser(url: string): Promise<void> {
    const { openInBrowser } = await import("../workspace/browser.ts");
    openInBrowser(url, process.platform, this.environment.hasDisplay);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function pathOf(state: HostState): string | null {
  return state.kind === "welcome" ? null : state.path;
}

import type { ConnectedWorkspace } from "@ecolocal/engine/workspace";
import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../failure/cli-failure.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Open extends WorkspaceCommand {
  static override summary = "Open EcoLocal in the browser, and read the sensors until Ctrl-C.";
  static override description = [
    "Serves the app on this computer only; the address carries a key that is new at every start. Without a workspace of",
    "your own the demo is opened.",
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
    const workspace = await this.openWorkspace(flags.workspace);
    const host = await startLoopbackHost({
      root,
      port: flags.port,
      accept: (link) => void workspace.serve(link, ["browser"]),
    });
    if (!host.ok) throw new CliFailure(host.error);
    try {
      await output.document({ url: host.value.url, port: host.value.port, workspace: workspace.dir }, () => [
        `EcoLocal is open at ${host.value.url}`,
      ]);
      output.note(`Workspace: ${workspace.dir}. Ctrl-C ends.`);
      if (!flags["no-open"]) await this.showInBrowser(host.value.url);
      await aborted(signal);
    } finally {
      await host.value.close();
    }
  }

  /** The named workspace, the one that one stands in, or the last; the demo, made when needed, until there is one. */
  private async openWorkspace(named: string | undefined): Promise<ConnectedWorkspace> {
    const { openProgramLog } = await import("@ecolocal/engine/log");
    const options = { ingest: true, agent: true, log: openProgramLog("cli") };
    const { workspaceAround } = await import("../workspace/locate.ts");
    const chosen = named ?? this.environment.workspace ?? workspaceAround(process.cwd());
    if (chosen !== undefined) return this.connect({ workspace: chosen }, options);
    const { workspaceToOpen } = await import("@ecolocal/engine/config");
    const choice = workspaceToOpen();
    if (choice.kind === "own") return this.connect({ workspace: choice.dir }, options);
    const { demoWorkspace } = await import("../workspace/found.ts");
    return this.connect({ workspace: await demoWorkspace(this.config.version) }, options);
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

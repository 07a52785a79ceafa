import { resolve } from "node:path";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { statusDocument } from "../workspace/status-document.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Init extends WorkspaceCommand {
  static override summary = "Make a workspace: the folder that holds your sensors, readings and projects.";
  static override description =
    "Without a folder it goes to EcoLocal's data directory. An existing workspace is never touched.";
  static override examples = [
    { description: "In the data directory", command: '<%= config.bin %> init --name "Our street"' },
    {
      description: "In a folder of your own",
      command: '<%= config.bin %> init ~/air --name "School air" --place Library --time-zone Europe/Berlin',
    },
  ];
  static override args = { dir: Args.string({ description: "Folder of the new workspace." }) };
  static override flags = {
    name: Flags.string({ char: "n", summary: "What the workspace is called.", default: "My place" }),
    place: Flags.string({ summary: "Where it is." }),
    country: Flags.string({ summary: "Country as three letters (DEU): which electricity and limits count." }),
    "time-zone": Flags.string({ summary: "Zone of its days (Europe/Berlin); this computer's when left out." }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Init);
    const output = this.output(flags);
    const { foundWorkspace } = await import("../workspace/found.ts");
    const named = args.dir ?? flags.workspace ?? this.environment.workspace;
    const dir = await foundWorkspace({
      dir: named === undefined ? undefined : resolve(named),
      name: flags.name,
      place: flags.place,
      timeZone: flags["time-zone"],
      locale: this.environment.locale,
      appVersion: this.config.version,
    });
    const engine = await this.engine({ workspace: dir });
    const status =
      flags.country === undefined
        ? await engine.call("workspace.status", {})
        : await engine.call("workspace.configure", { region: { country: flags.country } });
    await output.document(statusDocument(status), () => [
      `${output.painter.green("✓")} ${this.say("init.made", { name: status.name, folder: status.path })}`,
      `  ${this.say("init.next", { command: "ecolocal sensor scan" })}`,
    ]);
  }
}

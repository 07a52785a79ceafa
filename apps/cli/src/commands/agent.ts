import * as Flags from "@oclif/core/flags";
import { CliFailure } from "../failure/cli-failure.ts";
import { WorkspaceCommand } from "../workspace-command.ts";

export default class Agent extends WorkspaceCommand {
  static override summary = "Read all sensors of a workspace without a window, until it is stopped.";
  static override description = [
    "Made for months: runs as a service (docs/guide/agent.md), hands over to the app when that is opened and takes",
    "over again when it is closed. Writes a log of JSON lines and shows counters to Prometheus on this computer only.",
  ].join("\n");
  static override examples = [
    { description: "The last workspace", command: "<%= config.bin %> agent" },
    {
      description: "With counters for Prometheus, keeping the computer awake",
      command: "<%= config.bin %> agent --workspace ~/air --metrics-port 9464 --keep-awake",
    },
  ];
  static override flags = {
    "metrics-port": Flags.integer({
      min: 0,
      max: 65_535,
      summary: "Loopback port for Prometheus (/metrics); 0 takes a free one, none is opened without this flag.",
    }),
    "keep-awake": Flags.boolean({ summary: "Keep the computer from sleeping while sensors are read." }),
    "log-level": Flags.option({
      options: ["debug", "info", "warn", "error"] as const,
      summary: "Least level that the log holds.",
      default: "info" as const,
    })(),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Agent);
    const output = this.output(flags);
    const signal = this.interrupted;
    const { openProgramLog } = await import("@ecolocal/engine/log");
    const { startAgent } = await import("@ecolocal/engine/agent");
    const log = openProgramLog("agent", flags["log-level"]);
    const workspace = await this.connect(flags, { ingest: true, agent: true, log });
    const agent = await startAgent({
      workspace,
      log,
      metricsPort: flags["metrics-port"] ?? null,
      keepAwake: flags["keep-awake"] === true,
    });
    if (!agent.ok) throw new CliFailure(agent.error);
    try {
      const { metricsUrl, awakeBy } = agent.value;
      const facts = { workspace: workspace.dir, mode: workspace.mode(), log: log.file, metricsUrl, awakeBy };
      await output.document(facts, () => [
        this.say("agent.reads", { path: facts.workspace }),
        ...(metricsUrl === null ? [] : [this.say("agent.counters", { url: metricsUrl })]),
      ]);
      output.note(this.say("agent.log", { file: log.file }));
      if (facts.mode === "attached") output.note(this.say("agent.waits"));
      if (flags["keep-awake"] && awakeBy === null) output.note(this.say("agent.noAwake"));
      await aborted(signal);
    } finally {
      await agent.value.close();
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

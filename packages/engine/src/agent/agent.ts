import type { SensorView } from "@ecolocal/core/api";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { EngineLog } from "../log/index.ts";
import type { ConnectedWorkspace } from "../workspace/index.ts";
import { type KeepAwake, keepAwake } from "./keep-awake.ts";
import { type MetricsServer, serveMetrics } from "./metrics-server.ts";
import { renderMetrics } from "./metrics-text.ts";

export interface AgentOptions {
  readonly workspace: ConnectedWorkspace;
  readonly log: EngineLog;
  /** Loopback port for Prometheus; `null` for none, 0 for a free one. */
  readonly metricsPort: number | null;
  /** Keep the computer awake while it measures. */
  readonly keepAwake: boolean;
}

/** What reads all sensors of a workspace without a window, for months. */
export interface Agent {
  readonly metricsUrl: string | null;
  /** How the computer is kept awake; `null` when it is not. */
  readonly awakeBy: string | null;
  close(): Promise<void>;
}

/** Starts what an agent does beside reading, which the connected workspace does by itself. */
export async function startAgent(options: AgentOptions): Promise<Result<Agent, Failure>> {
  const { workspace, log } = options;
  const { client } = workspace;
  const metrics = await openMetrics(options);
  if (!metrics.ok) return metrics;
  const awake: KeepAwake | null = options.keepAwake ? await keepAwake() : null;
  if (awake !== null && awake.by === null) log.write("warn", "This computer offers no way to be kept awake.");
  const stopWatching = workspace.onMode((mode) => log.write("info", `The agent is ${mode} now.`));
  log.write("info", "The agent reads the sensors.", { mode: workspace.mode(), workspace: workspace.dir });
  const reporting = new AbortController();
  void reportProblems(client, log, reporting.signal);
  return ok({
    metricsUrl: metrics.value?.url ?? null,
    awakeBy: awake?.by ?? null,
    async close() {
      reporting.abort();
      stopWatching();
      awake?.release();
      await metrics.value?.close();
      log.write("info", "The agent ends.");
    },
  });
}

async function openMetrics({
  workspace,
  metricsPort,
}: AgentOptions): Promise<Result<MetricsServer | undefined, Failure>> {
  if (metricsPort === null) return ok(undefined);
  const { client } = workspace;
  const served = await serveMetrics(metricsPort, async () => {
    const [status, sensors] = await Promise.all([client.call("workspace.status", {}), client.call("sensor.list", {})]);
    return renderMetrics(status, sensors, Date.now());
  });
  return served.ok ? ok(served.value) : err(served.error);
}

/** Writes down when a sensor stops or comes back: the first question after months. */
async function reportProblems(
  client: ConnectedWorkspace["client"],
  log: EngineLog,
  signal: AbortSignal,
): Promise<void> {
  const known = new Map<string, string>();
  try {
    for await (const { topics } of client.stream("workspace.changes", {}, { signal })) {
      if (!topics.includes("sensors")) continue;
      for (const sensor of await client.call("sensor.list", {})) reportSensor(sensor, known, log);
    }
  } catch (error) {
    if (!signal.aborted) log.write("warn", "Changes of sensors are not followed any more.", { error });
  }
}

function reportSensor(sensor: SensorView, known: Map<string, string>, log: EngineLog): void {
  const { id, driverId, state, problem, counters } = sensor;
  const code = problem?.code ?? "";
  // Opening and listening are neither a problem nor the end of one.
  if (known.get(id) === code || (problem === null && state !== "reading")) return;
  known.set(id, code);
  const fields = { sensor: id, driver: driverId, state, code, ...counters };
  if (problem === null) log.write("info", "A sensor is being read.", fields);
  else log.write("warn", problem.detail, fields);
}

import type { ChangeTopic } from "@ecolocal/core/api";
import type { QueryClient } from "@tanstack/react-query";
import type { EngineClient } from "./client-context.ts";
import { CHARTS_PAUSE_MS, isChart, READINGS_PAUSE_MS, touches } from "./topics.ts";

/** Refetches what the engine says has changed, until `signal` is aborted. */
export async function followChanges(client: EngineClient, queries: QueryClient, signal: AbortSignal): Promise<void> {
  const refetch = (wanted: (procedure: string) => boolean): void => {
    void queries.invalidateQueries({ predicate: ({ queryKey }) => wanted(String(queryKey[0])) });
  };
  const readings: ReadonlySet<ChangeTopic> = new Set(["readings"]);
  const values = throttled(() => refetch((name) => touches(name, readings) && !isChart(name)), READINGS_PAUSE_MS);
  const charts = throttled(() => refetch((name) => touches(name, readings) && isChart(name)), CHARTS_PAUSE_MS);
  try {
    for await (const change of client.stream("workspace.changes", {}, { signal })) {
      const topics = new Set(change.topics);
      if (topics.delete("readings")) {
        values.run();
        charts.run();
      }
      if (topics.size > 0) refetch((name) => touches(name, topics));
    }
  } catch {
    // The end of the link is shown by the connection banner; nothing else can end this stream.
  } finally {
    values.stop();
    charts.stop();
  }
}

/** Runs at once, and then at most once in `pauseMs`; a call during the pause is carried out at its end. */
export function throttled(run: () => void, pauseMs: number): { run(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const fire = (): void => {
    run();
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      fire();
    }, pauseMs);
  };
  return {
    run() {
      if (timer === undefined) fire();
      else again = true;
    },
    stop: () => clearTimeout(timer),
  };
}

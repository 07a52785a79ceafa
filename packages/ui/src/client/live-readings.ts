import type { LiveReading } from "@ecolocal/core/api";
import { create } from "zustand";
import type { EngineClient } from "./client-context.ts";

interface LiveState {
  readonly byChannel: Readonly<Record<string, LiveReading>>;
}

/** The newest value of every channel, refreshed at most once a second. */
export const useLiveStore = create<LiveState>(() => ({ byChannel: {} }));

const FLUSH_MS = 1000;

export function useLiveReading(channelId: string): LiveReading | undefined {
  return useLiveStore((state) => state.byChannel[channelId]);
}

/** Takes live values in until `signal` is aborted; they reach the screen together, once a second. */
export async function followReadings(client: EngineClient, signal: AbortSignal): Promise<void> {
  let waiting: Record<string, LiveReading> = {};
  const flush = (): void => {
    if (Object.keys(waiting).length === 0) return;
    const fresh = waiting;
    waiting = {};
    useLiveStore.setState((state) => ({ byChannel: { ...state.byChannel, ...fresh } }));
  };
  const ticker = setInterval(flush, FLUSH_MS);
  try {
    for await (const reading of client.stream("sensor.watch", {}, { signal })) waiting[reading.channelId] = reading;
  } catch {
    // A lost link shows in the connection banner; values simply stop being fresh.
  } finally {
    clearInterval(ticker);
  }
}

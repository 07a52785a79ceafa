import type { PreviewEvent, SensorState } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { useEffect, useState } from "react";
import { failureOf, useClient } from "../../../client/index.ts";
import type { RawValues } from "./mapping-units.ts";
import type { Serial } from "./serial-text.ts";

type Frame = Extract<PreviewEvent, { kind: "frame" }>;
type Counters = Extract<PreviewEvent, { kind: "counters" }>["counters"];

export interface Connection {
  readonly driverId: string;
  readonly port: string;
  readonly serial?: Serial;
  readonly variant?: string;
}

/** What a device has said since the preview started. */
export interface Preview {
  readonly state: SensorState;
  readonly problem: Failure | null;
  readonly identity: string | null;
  /** Newest reading per quantity and channel, in the order they first came. */
  readonly readings: readonly Frame["readings"][number][];
  readonly raw: RawValues;
  readonly lastAt: number | null;
  readonly counters: Counters | null;
}

const START: Preview = {
  state: "starting",
  problem: null,
  identity: null,
  readings: [],
  raw: {},
  lastAt: null,
  counters: null,
};

/** Takes one event of a preview in. */
export function withEvent(preview: Preview, event: PreviewEvent): Preview {
  switch (event.kind) {
    case "state":
      return { ...preview, state: event.state, problem: event.problem as Failure | null };
    case "counters":
      return { ...preview, counters: event.counters };
    case "frame":
      return {
        ...preview,
        state: "reading",
        problem: null,
        identity: event.identity ?? preview.identity,
        readings: mergeReadings(preview.readings, event.readings),
        raw: { ...preview.raw, ...event.raw },
        lastAt: event.at,
      };
  }
}

function mergeReadings(known: Preview["readings"], fresh: Preview["readings"]): Preview["readings"] {
  const byKey = new Map(known.map((reading) => [`${reading.quantity}/${reading.channel ?? ""}`, reading]));
  for (const reading of fresh) byKey.set(`${reading.quantity}/${reading.channel ?? ""}`, reading);
  return [...byKey.values()];
}

/** Listens to a device before it is saved; stops when the connection changes or the sheet closes. */
export function usePreview(connection: Connection | null, attempt: number): Preview {
  const client = useClient();
  const [preview, setPreview] = useState(START);
  // A new attempt is a new try of the same connection.
  const key = connection === null ? "" : JSON.stringify({ connection, attempt });
  useEffect(() => {
    setPreview(START);
    if (key === "") return;
    const { connection: target } = JSON.parse(key) as { readonly connection: Connection };
    const stop = new AbortController();
    const listen = async () => {
      const events = client.stream("sensor.preview", target, { signal: stop.signal });
      for await (const event of events) {
        if (stop.signal.aborted) return;
        setPreview((before) => withEvent(before, event));
      }
    };
    listen().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      setPreview((before) => ({ ...before, state: "failed", problem: failureOf(error) }));
    });
    return () => stop.abort();
  }, [client, key]);
  return preview;
}

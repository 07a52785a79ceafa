import type { PortListenEvent } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { useEffect, useState } from "react";
import { failureOf, useClient } from "../../../client/index.ts";
import type { Serial } from "../add/serial-text.ts";

export type RawBytes = Extract<PortListenEvent, { kind: "bytes" }>;
export type RawFields = Extract<PortListenEvent, { kind: "fields" }>;

/** What an unknown device has said since listening began. */
export interface Raw {
  /** Newest last, a screenful. */
  readonly pieces: readonly RawBytes[];
  readonly bytesHeard: number;
  readonly fields: RawFields | null;
  readonly problem: Failure | null;
}

const MAX_PIECES = 60;
const START: Raw = { pieces: [], bytesHeard: 0, fields: null, problem: null };

/** Takes one event in. */
export function withRawEvent(raw: Raw, event: PortListenEvent): Raw {
  switch (event.kind) {
    case "bytes":
      return {
        ...raw,
        pieces: [...raw.pieces, event].slice(-MAX_PIECES),
        bytesHeard: raw.bytesHeard + event.length,
      };
    case "fields":
      return { ...raw, fields: event };
    case "closed":
      return { ...raw, problem: event.problem as Failure | null };
  }
}

/** Hears a port at one setting until that is another object, or the component goes. */
export function useRaw(port: string, serial: Serial, paused: boolean): Raw {
  const client = useClient();
  const [raw, setRaw] = useState(START);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another port or setting is a reason to begin anew, a pause is none
  useEffect(() => setRaw(START), [port, serial]);
  useEffect(() => {
    if (paused) return;
    const stop = new AbortController();
    const listen = async () => {
      for await (const event of client.stream("port.listen", { port, serial }, { signal: stop.signal })) {
        if (stop.signal.aborted) return;
        setRaw((before) => withRawEvent(before, event));
      }
    };
    listen().catch((error: unknown) => {
      if (!stop.signal.aborted) setRaw((before) => ({ ...before, problem: failureOf(error) }));
    });
    return () => stop.abort();
  }, [client, port, serial, paused]);
  return raw;
}

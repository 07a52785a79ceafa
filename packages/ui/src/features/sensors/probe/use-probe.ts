import type { ProbeEvent } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { useEffect, useRef, useState } from "react";
import { failureOf, useClient } from "../../../client/index.ts";

export type ProbeStep = Extract<ProbeEvent, { kind: "step" }>;
export type ProbeReport = Extract<ProbeEvent, { kind: "report" }>;

/** What listening to a port has brought so far. */
export interface Probe {
  readonly running: boolean;
  readonly step: ProbeStep | null;
  readonly stepSince: number;
  readonly report: ProbeReport | null;
  readonly failure: Failure | null;
  /** `consent`: harmless questions may be sent. */
  readonly start: (consent: boolean) => void;
  readonly stop: () => void;
}

type State = Pick<Probe, "running" | "step" | "stepSince" | "report" | "failure">;
const IDLE: State = { running: false, step: null, stepSince: 0, report: null, failure: null };

/** Listens to a port on demand; stops when the component goes. */
export function useProbe(port: string): Probe {
  const client = useClient();
  const [state, setState] = useState(IDLE);
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);
  const stop = (): void => {
    stopping.current?.abort();
    setState(IDLE);
  };
  const start = (consent: boolean): void => {
    stopping.current?.abort();
    const abort = new AbortController();
    stopping.current = abort;
    setState({ ...IDLE, running: true });
    const run = async () => {
      for await (const event of client.stream("port.probe", { port, consent }, { signal: abort.signal })) {
        if (abort.signal.aborted) return;
        if (event.kind === "step") setState((before) => ({ ...before, step: event, stepSince: Date.now() }));
        else setState({ ...IDLE, report: event });
      }
    };
    run().catch((error: unknown) => {
      if (!abort.signal.aborted) setState({ ...IDLE, failure: failureOf(error) });
    });
  };
  return { ...state, start, stop };
}

import type { VerifyEvent } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { useEffect, useRef, useState } from "react";
import { failureOf, useClient } from "../../../client/index.ts";

type Report = Extract<VerifyEvent, { kind: "report" }>;
type Progress = Extract<VerifyEvent, { kind: "progress" }>;

export interface CheckRun {
  /** Null while nothing runs. */
  readonly progress: Progress | null;
  readonly report: Report | null;
  readonly failure: Failure | null;
  start(repair: boolean): void;
  cancel(): void;
}

const BEGINNING: Progress = { kind: "progress", done: 0, total: 0 };

/** Checks every stored reading; leaving the page ends the check. */
export function useCheckRun(): CheckRun {
  const client = useClient();
  const stopping = useRef<AbortController>(undefined);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);
  return {
    progress,
    report,
    failure,
    start(repair) {
      const stop = new AbortController();
      stopping.current = stop;
      setProgress(BEGINNING);
      setReport(null);
      setFailure(null);
      const run = async (): Promise<void> => {
        for await (const event of client.stream("data.verify", { repair }, { signal: stop.signal })) {
          if (event.kind === "progress") setProgress(event);
          else setReport(event);
        }
      };
      run()
        .catch((error: unknown) => {
          if (!stop.signal.aborted) setFailure(failureOf(error));
        })
        .finally(() => setProgress(null));
    },
    cancel: () => stopping.current?.abort(),
  };
}

import type { ProbeEvent } from "@ecolocal/core/api";
import { RpcError } from "@ecolocal/core/api/rpc";
import type { DriverSpec, LineMapping } from "@ecolocal/core/sensing";
import { quantitySpec } from "@ecolocal/core/shared";
import { type ProbeReport, planSteps, probePort } from "@ecolocal/devices/probe";
import { createMailbox } from "./mailbox.ts";

const MAX_WAITING = 100;

/** Listens to a port until it is known what is on it, or `signal` aborts; asks questions only with consent. */
export async function* probeDevice(
  target: { readonly port: string; readonly consent: boolean; readonly drivers: readonly DriverSpec[] },
  signal: AbortSignal,
): AsyncGenerator<ProbeEvent, void> {
  const mailbox = createMailbox<ProbeEvent>(MAX_WAITING, signal);
  const steps = planSteps(target.drivers);
  const probing = probePort({
    path: target.port,
    consent: target.consent,
    drivers: target.drivers,
    signal,
    onStep: ({ index, count, serial }) =>
      mailbox.put({ kind: "step", index, count, serial, listenMs: steps[index]?.listenMs ?? 0 }),
  }).finally(() => mailbox.end());
  yield* mailbox.take();
  const report = await probing;
  if (!report.ok) throw new RpcError(report.error);
  if (!signal.aborted) yield toEvent(report.value);
}

function toEvent(report: ProbeReport): ProbeEvent {
  const { candidates, bytesHeard, asked, notAskedBecause, mapping, problem } = report;
  return {
    kind: "report",
    candidates: candidates.map(({ readings, ...candidate }) => ({
      ...candidate,
      readings: readings.map(({ quantity, channel, value }) => ({
        quantity,
        channel: channel ?? null,
        value,
        symbol: quantitySpec(quantity).symbol,
      })),
    })),
    bytesHeard,
    asked,
    notAskedBecause,
    mapping: (mapping?.mapping ?? []).map((entry: LineMapping) => ({ ...entry })),
    unknownKeys: [...(mapping?.unknownKeys ?? [])],
    problem,
  };
}

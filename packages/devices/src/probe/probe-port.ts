import {
  DRIVERS,
  type DriverSpec,
  type MappingProposal,
  proposeMapping,
  type SerialSettings,
} from "@ecolocal/core/sensing";
import { ok, type Result } from "@ecolocal/core/shared";
import { type Scheduler, systemScheduler } from "../time/index.ts";
import { serialTransport, type Transport, type TransportFailure } from "../transport/index.ts";
import { ask } from "./ask.ts";
import { type ProbeCandidate, rank, toCandidate } from "./candidate.ts";
import { type Hearing, listen } from "./listen.ts";
import { SAFE_REQUESTS } from "./safe-requests.ts";
import { type ProbeStep, planSteps } from "./steps.ts";

/** What was found on a port, and what it rests on. Plain data: it crosses processes. */
export interface ProbeReport {
  readonly path: string;
  /** Best first; empty when nothing was understood. Nothing is configured before a person agrees. */
  readonly candidates: readonly ProbeCandidate[];
  readonly steps: readonly { readonly serial: SerialSettings; readonly bytesHeard: number }[];
  readonly bytesHeard: number;
  /** Whether questions were sent to the port. */
  readonly asked: boolean;
  /** Why no question was sent although that was allowed; `traffic` because something speaks on the line. */
  readonly notAskedBecause: "no-consent" | "traffic" | "found" | null;
  /** For text: what its numbers may mean, to be confirmed. */
  readonly mapping: MappingProposal | null;
  /** The port stopped answering part of the way. */
  readonly problem: TransportFailure | null;
}

export interface ProbeOptions {
  readonly path: string;
  /** The person agreed to questions being sent to this port. Without it nothing is ever written. */
  readonly consent?: boolean;
  readonly drivers?: readonly DriverSpec[];
  readonly transport?: Transport;
  readonly scheduler?: Scheduler;
  readonly signal?: AbortSignal;
  /** Told before every step: how far it is and how long the step may take. */
  readonly onStep?: (step: { readonly index: number; readonly count: number; readonly serial: SerialSettings }) => void;
}

/**
 * Finds out what is plugged into a port: it listens at every usual line setting while all drivers read along, and
 * asks harmless questions only when `consent` is given and the line was quiet.
 *
 * Stops at the first setting at which a driver's own checksums hold. Takes 3 s for most dust sensors, 45 s for a port
 * on which nothing speaks. Opening failures are those of the transport. Opening resets most Arduino boards.
 */
export async function probePort(options: ProbeOptions): Promise<Result<ProbeReport, TransportFailure>> {
  const { path, drivers = DRIVERS, transport = serialTransport, scheduler = systemScheduler, signal } = options;
  const context = { path, transport, scheduler, signal };
  const heard: { readonly step: ProbeStep; readonly hearing: Hearing }[] = [];
  const found: ProbeCandidate[] = [];
  const steps = planSteps(drivers);
  let problem: TransportFailure | null = null;
  for (const [index, step] of steps.entries()) {
    if (signal?.aborted || isSettled(found)) break;
    options.onStep?.({ index, count: steps.length, serial: step.serial });
    const hearing = await listen(step, context);
    if (!hearing.ok) {
      if (heard.length === 0) return hearing;
      problem = hearing.error;
      break;
    }
    heard.push({ step, hearing: hearing.value });
    found.push(...hearing.value.tallies.flatMap((tally) => toCandidate(tally, step.serial) ?? []));
  }
  const bytesHeard = heard.reduce((sum, { hearing }) => sum + hearing.bytesHeard, 0);
  const notAskedBecause = reasonNotToAsk(found, bytesHeard, options.consent === true);
  const asked = notAskedBecause === null && problem === null && !signal?.aborted;
  if (asked) found.push(...(await askAll(context)));
  const candidates = rank(found);
  return ok({
    path,
    candidates,
    steps: heard.map(({ step, hearing }) => ({ serial: step.serial, bytesHeard: hearing.bytesHeard })),
    bytesHeard,
    asked,
    notAskedBecause,
    mapping: proposalFor(candidates[0], heard),
    problem,
  });
}

function isSettled(found: readonly ProbeCandidate[]): boolean {
  return found.length > 0;
}

function reasonNotToAsk(
  found: readonly ProbeCandidate[],
  bytesHeard: number,
  consent: boolean,
): ProbeReport["notAskedBecause"] {
  if (found.length > 0) return "found";
  if (!consent) return "no-consent";
  return bytesHeard > 0 ? "traffic" : null;
}

async function askAll(context: Parameters<typeof ask>[1] & { readonly signal: AbortSignal | undefined }) {
  for (const request of SAFE_REQUESTS) {
    if (context.signal?.aborted) break;
    const answer = await ask(request, context);
    if (answer !== null) return [answer];
  }
  return [];
}

/** Only text that nobody else understands needs somebody to say what it means. */
function proposalFor(
  best: ProbeCandidate | undefined,
  heard: readonly { readonly step: ProbeStep; readonly hearing: Hearing }[],
): MappingProposal | null {
  if (best?.confidence !== "possible") return null;
  const source = heard.find(({ step }) => step.serial === best.serial);
  const text = new TextDecoder("utf-8").decode(source?.hearing.sample ?? new Uint8Array(0));
  // The first and the last line of the sample are cut.
  const lines = text.split(/\r\n|\n|\r/).slice(1, -1);
  return proposeMapping(lines.filter((entry) => entry.trim() !== ""));
}

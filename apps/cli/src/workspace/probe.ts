import type { ProbeCandidateView, ProbeEvent } from "@ecolocal/core/api";
import { driverTitle, type Formatter } from "@ecolocal/messages";
import type { Column } from "../output/table.ts";
import type { Engine } from "../workspace-command.ts";

/** What probing found on one port, or that it found nothing. */
export interface Found {
  readonly port: string;
  readonly candidate: ProbeCandidateView | null;
  readonly report: Extract<ProbeEvent, { readonly kind: "report" }>;
}

interface ProbeWishes {
  readonly signal: AbortSignal;
  readonly note: (text: string) => void;
  readonly texts: Formatter;
}

/** Listens to one port and gives what was understood, best first; one entry without a candidate when nothing was. */
export async function probeOne(
  engine: Engine,
  port: string,
  consent: boolean,
  { signal, note, texts }: ProbeWishes,
): Promise<Found[]> {
  for await (const event of engine.stream("port.probe", { port, consent }, { signal })) {
    if (event.kind === "step") {
      const seconds = Math.ceil(event.listenMs / 1000);
      const step = { step: event.index + 1, steps: event.count };
      note(texts.message("cli.probe.listening", { port, baud: event.serial.baudRate, seconds, ...step }));
      continue;
    }
    const report = event;
    if (report.candidates.length === 0) return [{ port, candidate: null, report }];
    return report.candidates.map((candidate) => ({ port, candidate, report }));
  }
  return [];
}

/** What to do next, in one line. */
export function describeFinding({ port, candidate, report }: Found, texts: Formatter): string {
  if (candidate === null) {
    return texts.message("cli.probe.nothing", { port, reason: nothingBecause(report, texts) });
  }
  const { confidence, driverId, serial } = candidate;
  const title = driverTitle({ id: driverId, title: candidate.title }, texts);
  const flags = [`--driver ${driverId}`, `--port ${port}`, `--serial ${formatSerial(serial)}`];
  const maps = confidence === "possible" ? report.mapping.map(formatMapping) : [];
  const command = `ecolocal sensor add --name NAME ${[...flags, ...maps].join(" ")}`;
  return texts.message("cli.probe.found", { port, title, confidence, command });
}

function formatSerial({ baudRate, dataBits, parity, stopBits }: ProbeCandidateView["serial"]): string {
  return `${baudRate}-${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`;
}

function formatMapping({ key, quantity, unit, channel }: Found["report"]["mapping"][number]): string {
  const text = [key, "=", quantity, ":", unit, ...(channel === undefined ? [] : [":", channel])].join("");
  return /^[\w=:.%/#-]+$/.test(text) ? `--map ${text}` : `--map '${text}'`;
}

function nothingBecause({ bytesHeard, notAskedBecause, problem }: Found["report"], texts: Formatter): string {
  if (problem !== null) return problem.detail;
  if (bytesHeard > 0) return texts.message("cli.probe.notUnderstood", { bytes: bytesHeard });
  if (notAskedBecause === "no-consent") return texts.message("cli.probe.silent");
  return texts.message("cli.probe.silentAsked");
}

export const foundColumns: Column<Found>[] = [
  { key: "port", header: "PORT", value: ({ port }) => port },
  { key: "driver", header: "DRIVER", value: ({ candidate }) => candidate?.driverId ?? "" },
  { key: "confidence", header: "SURE", value: ({ candidate }) => candidate?.confidence ?? "" },
  {
    key: "evidence",
    header: "EVIDENCE",
    value: ({ candidate, report }) => candidate?.evidence ?? `${report.bytesHeard} bytes`,
  },
  { key: "identity", header: "IDENTITY", value: ({ candidate }) => candidate?.identity ?? "" },
  { key: "baud", header: "BAUD", value: ({ candidate }) => candidate?.serial.baudRate ?? null },
  {
    key: "readings",
    header: "READINGS",
    value: ({ candidate }) =>
      (candidate?.readings ?? [])
        .map(({ quantity, value, symbol }) => `${quantity} ${value} ${symbol}`.trim())
        .join(", "),
  },
];

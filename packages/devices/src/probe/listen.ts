import type { AcceptedFrame, DecodedReading, DecodeEvent, Decoder, DriverSpec } from "@ecolocal/core/sensing";
import { ok, type Result } from "@ecolocal/core/shared";
import type { Scheduler } from "../time/index.ts";
import type { Transport, TransportFailure } from "../transport/index.ts";
import { frameCheckOf, type Tally } from "./candidate.ts";
import type { ProbeStep } from "./steps.ts";

/** What came at one setting. */
export interface Hearing {
  readonly bytesHeard: number;
  readonly tallies: readonly Tally[];
  /** The last text that was readable, for a device nobody knows. */
  readonly sample: Uint8Array;
}

export interface ListenOptions {
  readonly path: string;
  readonly transport: Transport;
  readonly scheduler: Scheduler;
  readonly signal: AbortSignal | undefined;
}

/** So much of what was heard is kept to be shown. */
const SAMPLE_BYTES = 2048;
/** Frames after which a proven driver needs no more listening. */
const PLENTY = { crc: 2, sum: 3, none: Number.POSITIVE_INFINITY } as const;

/** Opens a port at one setting, lets every fitting driver read along, and writes nothing. */
export async function listen(step: ProbeStep, options: ListenOptions): Promise<Result<Hearing, TransportFailure>> {
  const { path, transport, scheduler, signal } = options;
  const ears = step.drivers.map((driver) => createEar(driver));
  const sample = createSample();
  let bytesHeard = 0;
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const opened = await transport.open(
    { path, serial: step.serial },
    {
      onData(chunk) {
        bytesHeard += chunk.length;
        sample.add(chunk);
        for (const ear of ears) ear.hear(chunk);
        if (ears.some((ear) => ear.isSure())) finish();
      },
      onClosed: () => finish(),
    },
  );
  if (!opened.ok) return opened;
  const cancel = scheduler.after(step.listenMs, finish);
  signal?.addEventListener("abort", finish, { once: true });
  if (signal?.aborted) finish();
  await done;
  cancel();
  signal?.removeEventListener("abort", finish);
  await opened.value.close();
  return ok({ bytesHeard, tallies: ears.map((ear) => ear.end(bytesHeard)), sample: sample.bytes() });
}

interface Ear {
  hear(chunk: Uint8Array): void;
  isSure(): boolean;
  end(bytesHeard: number): Tally;
}

const DAMAGED: ReadonlySet<string> = new Set(["SENSING_FRAME_CHECKSUM", "SENSING_FRAME_MALFORMED"]);

function createEar(driver: DriverSpec): Ear {
  const decoder: Decoder = driver.createDecoder();
  const identities = new Set<string>();
  let [framesOk, framesBad, bytesInFrames] = [0, 0, 0];
  let readings: readonly DecodedReading[] = [];
  const accept = (frame: AcceptedFrame): void => {
    if (driver.firstFrameMayBeCut === true && frame.offset === 0) return;
    framesOk += 1;
    bytesInFrames += frame.length;
    if (frame.identity !== undefined) identities.add(frame.identity);
    if (frame.readings.length > 0) readings = frame.readings;
  };
  const take = (events: readonly DecodeEvent[]): void => {
    for (const event of events) {
      if (event.kind === "frame") accept(event);
      else if (DAMAGED.has(event.code)) framesBad += 1;
    }
  };
  return {
    hear: (chunk) => take(decoder.push(chunk)),
    isSure: () => framesOk >= PLENTY[frameCheckOf(driver)] && framesOk > framesBad,
    end(bytesHeard) {
      take(decoder.reset());
      const header = decoder.header !== undefined;
      return { driver, framesOk, framesBad, bytesInFrames, bytesHeard, identities, header, readings };
    },
  };
}

function createSample(): { add(chunk: Uint8Array): void; bytes(): Uint8Array } {
  let kept: Uint8Array = new Uint8Array(0);
  return {
    add(chunk) {
      const joined = new Uint8Array(kept.length + chunk.length);
      joined.set(kept);
      joined.set(chunk, kept.length);
      kept = joined.slice(-SAMPLE_BYTES);
    },
    bytes: () => kept,
  };
}

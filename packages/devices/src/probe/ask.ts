import type { Scheduler } from "../time/index.ts";
import type { Transport } from "../transport/index.ts";
import type { ProbeCandidate } from "./candidate.ts";
import type { SafeRequest } from "./safe-requests.ts";

export interface AskOptions {
  readonly path: string;
  readonly transport: Transport;
  readonly scheduler: Scheduler;
}

/** An answer may be followed by more; longer ones than this are nobody's we know. */
const MAX_ANSWER_BYTES = 256;

/** Sends one safe request and reads its answer; `null` when nobody who is meant answers. */
export async function ask(request: SafeRequest, options: AskOptions): Promise<ProbeCandidate | null> {
  const { path, transport, scheduler } = options;
  const answer: number[] = [];
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const opened = await transport.open(
    { path, serial: request.serial },
    {
      onData(chunk) {
        answer.push(...chunk.subarray(0, MAX_ANSWER_BYTES - answer.length));
        if (request.recognise(Uint8Array.from(answer)) !== null) finish();
      },
      onClosed: () => finish(),
    },
  );
  if (!opened.ok) return null;
  const cancel = scheduler.after(request.waitMs, finish);
  await opened.value.write(request.request);
  await done;
  cancel();
  await opened.value.close();
  const found = request.recognise(Uint8Array.from(answer));
  if (found === null) return null;
  return {
    driverId: request.driverId,
    title: request.title,
    serial: request.serial,
    confidence: "certain",
    framesOk: 1,
    framesBad: 0,
    asked: true,
    readings: [],
    ...found,
  };
}

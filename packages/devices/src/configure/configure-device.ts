import type { ConfigurePlan, ConfigureStep, Decoder, DriverSpec, SerialSettings } from "@ecolocal/core/sensing";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type Scheduler, systemScheduler } from "../time/index.ts";
import type { OpenTransport, Transport, TransportFailure } from "../transport/index.ts";

/** The device that is told something, on a port that nobody else has open. */
export interface ConfigureTarget {
  readonly driver: DriverSpec;
  readonly path: string;
  readonly transport: Transport;
  /** The driver's first settings by default. */
  readonly serial?: SerialSettings;
  /** Real timers by default. */
  readonly scheduler?: Scheduler;
}

export interface ConfigureReport {
  /** Everything that was sent, in hexadecimal, with what came back. */
  readonly steps: readonly { readonly sent: string; readonly answer: string | null }[];
  /** Whether the device, asked again, says that the change holds; `null` where it cannot be asked. */
  readonly confirmed: boolean | null;
}

type ConfigureFailure = TransportFailure | Failure<"SENSING_PORT_SILENT">;

const MAX_TRIES = 3;
const ANSWER_MS = 1000;
const WRITTEN_OUT_MS = 500;

/** Carries out a plan, one request at a time; gives up at the first that stays unanswered three times. */
export async function configureDevice(
  plan: ConfigurePlan,
  target: ConfigureTarget,
): Promise<Result<ConfigureReport, ConfigureFailure>> {
  const { driver, path, transport, serial = driver.serial[0], scheduler = systemScheduler } = target;
  if (serial === undefined) throw new TypeError(`The driver ${driver.id} does not say how its line is set.`);
  const ear = createEar(() => driver.createDecoder());
  const opened = await transport.open({ path, serial }, { onData: ear.hear, onClosed: ear.closed });
  if (!opened.ok) return opened;
  try {
    return await carryOut(plan, { ear, link: opened.value, scheduler, path, title: driver.title });
  } finally {
    await opened.value.close();
  }
}

interface Line {
  readonly ear: Ear;
  readonly link: OpenTransport;
  readonly scheduler: Scheduler;
  readonly path: string;
  readonly title: string;
}

async function carryOut(plan: ConfigurePlan, line: Line): Promise<Result<ConfigureReport, ConfigureFailure>> {
  const steps: { sent: string; answer: string | null }[] = [];
  let confirmed: boolean | null = null;
  for (const step of plan.steps) {
    const answered = await perform(step, line);
    if (!answered.ok) return answered;
    const answer = answered.value;
    if (answer === null && step.unanswered !== true) return err(unanswered(line));
    steps.push({ sent: hex(step.request), answer: answer === null ? null : hex(answer) });
    if (step.confirms !== undefined && answer !== null) confirmed = step.confirms(answer);
    if (step.thenWaitMs !== undefined) await pause(line.scheduler, step.thenWaitMs);
  }
  return ok({ steps, confirmed });
}

async function perform(
  step: ConfigureStep,
  { ear, link, scheduler }: Line,
): Promise<Result<Uint8Array | null, TransportFailure>> {
  const isEcho = (answer: Uint8Array): boolean => step.confirms !== undefined && hex(answer) === hex(step.request);
  const tries = step.unanswered === true ? 1 : MAX_TRIES;
  for (let attempt = 0; attempt < tries; attempt++) {
    const answered = ear.next(isEcho);
    const written = await link.write(step.request);
    if (!written.ok) return written;
    const waited = pause(scheduler, step.unanswered === true ? WRITTEN_OUT_MS : ANSWER_MS).then(() => null);
    const answer = await Promise.race([answered, waited]);
    if (answer !== null) return answer;
  }
  return ok(null);
}

/** Hears intact messages, which the driver's decoder tells from noise. */
interface Ear {
  hear(bytes: Uint8Array): void;
  closed(failure: TransportFailure): void;
  /** The next message that is not passed over, or why there will be none. */
  next(passOver: (message: Uint8Array) => boolean): Promise<Result<Uint8Array, TransportFailure>>;
}

function createEar(createDecoder: () => Decoder): Ear {
  let decoder = createDecoder();
  let heard: number[] = [];
  let failure: TransportFailure | null = null;
  let tell: (result: Result<Uint8Array, TransportFailure>) => void = () => undefined;
  let isPassedOver: (message: Uint8Array) => boolean = () => true;
  return {
    hear(bytes) {
      heard.push(...bytes);
      for (const event of decoder.push(bytes)) {
        // Measurements of a sensor that speaks by itself are no answers.
        if (event.kind === "frame" || event.code !== "SENSING_FRAME_NOT_A_READING") continue;
        const message = Uint8Array.from(heard.slice(event.offset, event.offset + event.length));
        if (!isPassedOver(message)) tell(ok(message));
      }
    },
    closed(reason) {
      failure = reason;
      tell(err(reason));
    },
    next(passOver) {
      decoder = createDecoder();
      heard = [];
      isPassedOver = passOver;
      return new Promise((resolve) => {
        tell = resolve;
        if (failure !== null) resolve(err(failure));
      });
    },
  };
}

function pause(scheduler: Scheduler, durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler.after(durationMs, resolve);
  });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unanswered({ path, title }: Line): Failure<"SENSING_PORT_SILENT"> {
  return {
    code: "SENSING_PORT_SILENT",
    op: "configure sensor",
    subject: path,
    detail: `The ${title} did not answer; nothing is known to have changed.`,
    hint: "Check that both data wires are connected, then try again.",
    retry: "now",
  };
}

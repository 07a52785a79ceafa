import type { Failure, Result } from "../../shared/index.ts";
import type { CallDefinition, ContractShape, StreamDefinition } from "./define.ts";
import { RpcError, type RpcFailure, TRANSPORT_CODES } from "./failure.ts";
import { forbidden, internal, invalidInput, tooLarge, tooManyRequests, unknownProcedure } from "./failures.ts";
import { createController, type Signal } from "./platform.ts";
import type { CallContext, ServeOptions } from "./server.ts";
import type { Hello, ReplyFrame, RequestFrame } from "./wire.ts";

/** A request under way: cancelled by `stop`, allowed to send more by `grant`. */
export interface Live {
  readonly signal: Signal;
  /** Resolves when the request is stopped. */
  readonly stopped: Promise<"stopped">;
  stop(): void;
  grant(count: number): void;
  /** Takes one credit; waits for it. False when the request was stopped meanwhile. */
  takeCredit(): Promise<boolean>;
}

const MAX_CREDIT = 1_000_000;

export function createLive(frame: RequestFrame): Live {
  const controller = createController();
  const stopped = Promise.withResolvers<"stopped">();
  let credit = frame.t === "open" ? Math.min(frame.credit, MAX_CREDIT) : 0;
  let wake: (() => void) | undefined;
  return {
    signal: controller.signal,
    stopped: stopped.promise,
    stop() {
      controller.abort();
      stopped.resolve("stopped");
      wake?.();
    },
    grant(count) {
      credit = Math.min(credit + count, MAX_CREDIT);
      wake?.();
    },
    async takeCredit() {
      while (credit <= 0 && !controller.signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      credit--;
      return !controller.signal.aborted;
    },
  };
}

interface Job {
  readonly frame: RequestFrame;
  readonly request: Live;
  readonly from: Hello;
  readonly crowded: boolean;
  readonly maxLive: number;
}

type Definition = CallDefinition | StreamDefinition;
type Handler = (input: unknown, context: CallContext) => unknown;

/** Runs one request to its end; never rejects, and never lets an unexpected error's message leave the process. */
export async function runRequest<C extends ContractShape>(options: ServeOptions<C>, job: Job): Promise<void> {
  const { frame, request } = job;
  try {
    const definition = findDefinition(options, job);
    const input = parseInput(definition, frame);
    const handler = options.handlers[frame.method as keyof typeof options.handlers] as unknown as Handler;
    const context: CallContext = { signal: request.signal, role: job.from.role, app: job.from.app };
    const check = (value: unknown): unknown => (options.checkOutput ? definition.output.parse(value) : value);
    const answer = handler(input, context);
    if (definition.kind === "call") await answerCall(options, job, definition, check, await answer);
    else await answerStream(options, job, check, answer as AsyncIterable<unknown>);
  } catch (error) {
    if (!request.signal.aborted) refuse(options, job, error);
  }
}

function findDefinition<C extends ContractShape>(options: ServeOptions<C>, job: Job): Definition {
  const { frame, from } = job;
  if (job.crowded) throw new RpcError(tooManyRequests(frame.method, job.maxLive));
  const definition = Object.hasOwn(options.contract, frame.method) ? options.contract[frame.method] : undefined;
  if (!definition || (definition.kind === "call") !== (frame.t === "call")) {
    throw new RpcError(unknownProcedure(frame.method));
  }
  if (definition.roles && !definition.roles.includes(from.role)) {
    throw new RpcError(forbidden(frame.method, from.role));
  }
  return definition;
}

function parseInput(definition: Definition, frame: RequestFrame): unknown {
  const parsed = definition.input.safeParse(frame.input);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new RpcError(invalidInput(frame.method, issues));
}

async function answerCall<C extends ContractShape>(
  options: ServeOptions<C>,
  job: Job,
  definition: Definition,
  check: (value: unknown) => unknown,
  answer: unknown,
): Promise<void> {
  const result = answer as Result<unknown, Failure>;
  if (!result.ok) {
    if (options.checkOutput) assertDeclared(definition, result.error);
    throw new RpcError(result.error);
  }
  if (!job.request.signal.aborted) reply(options, job, { t: "ok", id: job.frame.id, value: check(result.value) });
}

async function answerStream<C extends ContractShape>(
  options: ServeOptions<C>,
  job: Job,
  check: (value: unknown) => unknown,
  answer: AsyncIterable<unknown>,
): Promise<void> {
  const { frame, request } = job;
  const values = answer[Symbol.asyncIterator]();
  let finished = false;
  try {
    while (await request.takeCredit()) {
      const step = await Promise.race([values.next(), request.stopped]);
      if (step === "stopped") return;
      if (step.done) {
        finished = true;
        options.link.send({ t: "end", id: frame.id });
        return;
      }
      if (!reply(options, job, { t: "next", id: frame.id, value: check(step.value) })) return;
    }
  } finally {
    // Not awaited: a source stuck in its own wait must not hold the request; it sees the aborted signal.
    if (!finished) void Promise.resolve(values.return?.()).catch(() => undefined);
  }
}

/** Sends a reply; a value too large for the link becomes a failure. Tells whether the request can go on. */
function reply<C extends ContractShape>(options: ServeOptions<C>, job: Job, frame: ReplyFrame): boolean {
  const outcome = options.link.send(frame);
  if (outcome === "too-large") options.link.send({ t: "err", id: job.frame.id, failure: tooLarge(job.frame.method) });
  return outcome === "sent";
}

function refuse<C extends ContractShape>(options: ServeOptions<C>, job: Job, error: unknown): void {
  const { id, method } = job.frame;
  options.link.send({ t: "err", id, failure: toFailure(options, error, method) });
}

function toFailure<C extends ContractShape>(options: ServeOptions<C>, error: unknown, method: string): RpcFailure {
  if (error instanceof RpcError) return error.failure;
  const ref = Math.random().toString(36).slice(2, 10);
  options.onInternal?.(error, ref, method);
  return internal(method, ref);
}

function assertDeclared(definition: Definition, failure: Failure): void {
  const known: readonly string[] = [...definition.errors, ...TRANSPORT_CODES];
  if (!known.includes(failure.code))
    throw new TypeError(`failure code ${failure.code} is not declared in the contract`);
}

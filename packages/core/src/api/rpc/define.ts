/**
 * The vocabulary in which the contract is written: calls (one answer) and streams (many values until cancelled).
 *
 * Everything that needs only the types imports them with `import type`, so that schemas stay out of the UI bundle.
 */
import type * as z from "zod";
import type { TransportCode } from "./failure.ts";

/** Who is at the other end of a link: the desktop window, a browser tab, or a terminal. Fixed when the link opens. */
export type Role = "app" | "browser" | "cli";

export const ROLES: readonly Role[] = ["app", "browser", "cli"];

type Schema = z.ZodType;

export interface ProcedureOptions {
  /** Which roles may use the procedure; absent means everyone. */
  readonly roles?: readonly Role[];
}

export interface CallDefinition<I extends Schema = Schema, O extends Schema = Schema, E extends string = string>
  extends ProcedureOptions {
  readonly kind: "call";
  readonly input: I;
  readonly output: O;
  /** Failure codes this procedure is expected to answer with, next to the transport's own. */
  readonly errors: readonly E[];
}

export interface StreamDefinition<I extends Schema = Schema, O extends Schema = Schema, E extends string = string>
  extends ProcedureOptions {
  readonly kind: "stream";
  readonly input: I;
  /** One value of the stream. */
  readonly output: O;
  readonly errors: readonly E[];
}

/** Procedures by name (`sensors.add`, `readings.live`). */
export type ContractShape = Readonly<Record<string, CallDefinition | StreamDefinition>>;

/** Declares a procedure with one answer. */
export function call<I extends Schema, O extends Schema, const E extends string = never>(
  input: I,
  output: O,
  errors: readonly E[] = [],
  options: ProcedureOptions = {},
): CallDefinition<I, O, E> {
  return { kind: "call", input, output, errors, ...options };
}

/** Declares a procedure that answers with values until it ends, fails or is cancelled. */
export function stream<I extends Schema, O extends Schema, const E extends string = never>(
  input: I,
  output: O,
  errors: readonly E[] = [],
  options: ProcedureOptions = {},
): StreamDefinition<I, O, E> {
  return { kind: "stream", input, output, errors, ...options };
}

export type CallName<C extends ContractShape> = {
  [K in keyof C]: C[K] extends { readonly kind: "call" } ? K : never;
}[keyof C] &
  string;

export type StreamName<C extends ContractShape> = {
  [K in keyof C]: C[K] extends { readonly kind: "stream" } ? K : never;
}[keyof C] &
  string;

/** What a caller passes: defaults may be left out. */
export type In<C extends ContractShape, K extends keyof C> = z.input<C[K]["input"]>;

/** What a handler receives: defaults filled in. */
export type ParsedIn<C extends ContractShape, K extends keyof C> = z.output<C[K]["input"]>;

/** What a caller receives. */
export type Out<C extends ContractShape, K extends keyof C> = z.output<C[K]["output"]>;

/** What a handler returns: before defaults and transforms of the output schema. */
export type RawOut<C extends ContractShape, K extends keyof C> = z.input<C[K]["output"]>;

/** Codes with which a procedure can fail: its own and the transport's. */
export type ErrorCode<C extends ContractShape, K extends keyof C = keyof C> = C[K]["errors"][number] | TransportCode;

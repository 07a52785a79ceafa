import type { Failure } from "@ecolocal/core/shared";
import { CliFailure } from "./cli-failure.ts";

/** Shape of oclif's own errors: what its parser and its hooks throw. */
interface OclifError extends Error {
  readonly oclif?: { readonly exit?: number };
  readonly suggestions?: readonly string[];
}

/** Any thrown thing as a failure, and the exit code it asks for itself. */
export interface Thrown {
  readonly failure: Failure;
  readonly exit: number | undefined;
}

/** Translates whatever a command threw: our failures stay, the parser's become `CLI_USAGE`, the rest is unexpected. */
export function failureFromError(error: unknown, commandId: string): Thrown {
  if (error instanceof CliFailure) return { failure: error.failure, exit: error.exit };
  const carried = carriedFailure(error);
  if (carried !== undefined) return { failure: carried, exit: undefined };
  if (error instanceof Error && error.name === "AbortError") return { failure: cancelled(commandId), exit: undefined };
  if (isUsageError(error)) return { failure: usageOf(error, commandId), exit: undefined };
  const detail = error instanceof Error ? error.message : String(error);
  return {
    failure: { code: "CLI_UNEXPECTED", op: commandId, subject: "", detail, retry: "never" },
    exit: undefined,
  };
}

/** Errors of the contract (`RpcError`) and of the engine carry their failure as plain data. */
function carriedFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !("failure" in error)) return undefined;
  const { failure } = error;
  return typeof failure === "object" && failure !== null && "code" in failure ? (failure as Failure) : undefined;
}

/**
 * Errors of the parser: most carry `parse`, and all but those about a flag without its value know their exit code. Faults
 * of oclif itself have a code.
 */
function isUsageError(error: unknown): error is OclifError {
  if (!(error instanceof Error)) return false;
  if ("parse" in error) return true;
  return (
    "oclif" in error && ((error as OclifError).oclif?.exit === 2 || !("code" in error) || error.code === undefined)
  );
}

function cancelled(op: string): Failure {
  return { code: "RPC_CANCELLED", op, subject: op, detail: "It was cancelled.", retry: "now" };
}

/** What the parser puts around what is wrong. */
const PARSER_FRAME = /^(See more help|The following errors? occurred:)/;

function usageOf(error: OclifError, commandId: string): Failure {
  const lines = error.message
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !PARSER_FRAME.test(line));
  return {
    code: "CLI_USAGE",
    op: commandId,
    subject: commandId.replaceAll(":", " "),
    detail: lines.join("; "),
    hint: `See: ecolocal ${commandId.replaceAll(":", " ")} --help`,
    retry: "after-change",
  };
}

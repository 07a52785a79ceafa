import type { RpcFailure } from "./failure.ts";
import { PROTOCOL_VERSION } from "./wire.ts";

/** The link is gone; a refusal by the server (`bye`) is kept, because it says more. */
export function linkLost(op: string, reason?: RpcFailure): RpcFailure {
  if (reason && reason.code !== "LINK_LOST") return { ...reason, op };
  return {
    code: "LINK_LOST",
    op,
    subject: "engine",
    detail: "The connection to the engine was lost before it answered.",
    retry: "backoff",
  };
}

export function cancelled(op: string): RpcFailure {
  return { code: "RPC_CANCELLED", op, subject: op, detail: "The caller cancelled the request.", retry: "never" };
}

export function tooLarge(op: string): RpcFailure {
  return {
    code: "RPC_TOO_LARGE",
    op,
    subject: op,
    detail: "The message is larger than this link accepts.",
    hint: "Ask for a shorter time range or fewer points, or send the data in smaller parts.",
    retry: "after-change",
  };
}

export function unknownProcedure(method: string): RpcFailure {
  const subject = method.slice(0, 80);
  return {
    code: "RPC_PROCEDURE_UNKNOWN",
    op: "call",
    subject,
    detail: "The engine knows no such procedure.",
    hint: "Bring the app, the command line and the running engine to the same version.",
    retry: "never",
  };
}

export function forbidden(op: string, role: string): RpcFailure {
  return { code: "RPC_FORBIDDEN", op, subject: role, detail: `The role "${role}" may not do this.`, retry: "never" };
}

export function invalidInput(op: string, issues: NonNullable<RpcFailure["issues"]>): RpcFailure {
  const first = issues[0];
  const where = first?.path ? `"${first.path}": ` : "";
  return {
    code: "RPC_INPUT_INVALID",
    op,
    subject: first?.path || op,
    detail: first ? `${where}${first.message}` : "The input is not valid.",
    retry: "after-change",
    issues,
  };
}

export function internal(op: string, ref: string): RpcFailure {
  return {
    code: "RPC_INTERNAL",
    op,
    subject: op,
    detail: `The engine met an error of its own; its log has it under ${ref}.`,
    retry: "never",
    ref,
  };
}

export function tooManyRequests(op: string, limit: number): RpcFailure {
  return {
    code: "RPC_TOO_MANY_REQUESTS",
    op,
    subject: op,
    detail: `More than ${limit} requests are under way on this connection.`,
    retry: "backoff",
  };
}

export function protocolMismatch(theirs: number): RpcFailure {
  return {
    code: "LINK_PROTOCOL_MISMATCH",
    op: "connect",
    subject: "engine",
    detail: `The engine speaks protocol ${PROTOCOL_VERSION}, the caller ${theirs}.`,
    hint: "Close every EcoLocal window and command, then start the newest version.",
    retry: "after-change",
  };
}

import type { Contract } from "@ecolocal/core/api";
import { type CallContext, type Handlers, RpcError } from "@ecolocal/core/api/rpc";
import type { Failure, Result } from "@ecolocal/core/shared";
import { isCorruption } from "@ecolocal/db/sqlite";
import { type WorkspaceDb, workspaceCorrupt } from "@ecolocal/db/workspace";
import type { EngineLog } from "../log/index.ts";

type Handler = (input: unknown, context: CallContext) => unknown;

/**
 * Makes every procedure say what is wrong with the workspace itself: damage that only a later page shows is
 * `WORKSPACE_CORRUPT` and no error of the engine's own, and a refused change names why the workspace is read-only
 * (`WORKSPACE_NEWER`) rather than blaming the folder's permissions.
 */
export function guardHandlers(handlers: Handlers<Contract>, db: WorkspaceDb, log: EngineLog): Handlers<Contract> {
  const translate = (error: unknown): unknown => {
    if (!isCorruption(error)) return error;
    const failure = workspaceCorrupt(db.dir, (error as Error).message);
    log.write("error", failure.detail);
    return new RpcError(failure);
  };
  const guarded = Object.entries<Handler>(handlers as unknown as Record<string, Handler>).map(
    ([name, handler]) => [name, guard(handler, db.readOnlyBecause, translate)] as const,
  );
  return Object.fromEntries(guarded) as unknown as Handlers<Contract>;
}

function guard(handler: Handler, because: Failure | null, translate: (error: unknown) => unknown): Handler {
  return (input, context) => {
    let answer: unknown;
    try {
      answer = handler(input, context);
    } catch (error) {
      throw translate(error);
    }
    if (isStream(answer)) return guardStream(answer, translate);
    return Promise.resolve(answer as Result<unknown, Failure>).then(
      (result) => refuseBecause(result, because),
      (error: unknown) => {
        throw translate(error);
      },
    );
  };
}

/** A write that SQLite refused because of how the workspace was opened is refused for that reason. */
function refuseBecause(result: Result<unknown, Failure>, because: Failure | null): Result<unknown, Failure> {
  if (result.ok || because === null || result.error.code !== "STORAGE_READ_ONLY") return result;
  throw new RpcError({ ...because, op: result.error.op });
}

function isStream(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;
}

/** Passes calls on one by one: a generator of our own would hold back the end that a caller asks for. */
function guardStream(source: AsyncIterable<unknown>, translate: (error: unknown) => unknown): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]() {
      const values = source[Symbol.asyncIterator]();
      return {
        next: () =>
          values.next().catch((error: unknown) => {
            throw translate(error);
          }),
        return: () => values.return?.() ?? Promise.resolve({ done: true, value: undefined }),
      };
    },
  };
}

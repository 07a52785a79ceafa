import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const NOBODY = /^0+$/;

/**
 * The trace that a request belongs to: from the `traceparent` header, or the query of a browser's WebSocket, which cannot
 * set headers. Anything malformed starts a trace of its own.
 * Source: W3C, Trace Context, Recommendation 2021-11-23, §3.2.
 */
export function traceIdOf(request: IncomingMessage): string {
  const header = request.headers["traceparent"];
  const query = new URLSearchParams((request.url ?? "").split("?", 2)[1] ?? "").get("traceparent");
  const [, traceId, parentId] = TRACEPARENT.exec(typeof header === "string" ? header : (query ?? "")) ?? [];
  const valid = traceId !== undefined && parentId !== undefined && !NOBODY.test(traceId) && !NOBODY.test(parentId);
  return valid ? traceId : randomBytes(16).toString("hex");
}

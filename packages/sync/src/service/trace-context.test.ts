import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { traceIdOf } from "./trace-context.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;
const request = (url: string, traceparent?: string): IncomingMessage =>
  ({ url, headers: traceparent === undefined ? {} : { traceparent } }) as unknown as IncomingMessage;

it("takes the trace from the header, and from the query where a browser cannot set headers", () => {
  expect(traceIdOf(request("/v1/limits", PARENT))).toBe(TRACE);
  expect(traceIdOf(request(`/v1/ws/main/ws?traceparent=${PARENT}`))).toBe(TRACE);
});

it.each([undefined, "garbage", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`, `01-${TRACE}-00f067aa0ba902b7-01`])(
  "starts a trace of its own for %s",
  (given) => {
    const traceId = traceIdOf(request("/", given));
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(traceId).not.toBe(TRACE);
  },
);

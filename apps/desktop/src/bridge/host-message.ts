import type { Failure } from "@ecolocal/core/shared";

/** Main → engine process. `open` comes first and once; a `client` message carries exactly one port. */
export type ToHost =
  | { readonly t: "open"; readonly workspace: string | null; readonly version: string }
  | { readonly t: "client"; readonly role: "app" }
  | { readonly t: "stop" };

/** Engine process → main. `refused` is an expected failure: restarting would not help, a person has to decide. */
export type FromHost =
  | { readonly t: "ready"; readonly workspace: string }
  | { readonly t: "refused"; readonly failure: Failure };

/** Tells whether a message of the engine process has the shape main understands. */
export function isFromHost(message: unknown): message is FromHost {
  const tag = tagOf(message);
  return tag === "ready" || tag === "refused";
}

/** Tells whether a message of main has the shape the engine process understands. */
export function isToHost(message: unknown): message is ToHost {
  const tag = tagOf(message);
  return tag === "open" || tag === "client" || tag === "stop";
}

function tagOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "t" in message ? message.t : undefined;
}

/** Main → engine process. `open` comes first and once; a `client` message carries exactly one port. */
export type ToHost =
  | { readonly t: "open"; readonly workspace: string | null; readonly version: string }
  | { readonly t: "client"; readonly role: "app" }
  | { readonly t: "stop" };

/**
 * Engine process → main: windows can be served, and which workspace they are shown; told again when they choose another.
 * A workspace that cannot be opened is named as well (the window says why); null while nobody has chosen one.
 */
export interface FromHost {
  readonly t: "ready";
  readonly workspace: string | null;
}

/** Tells whether a message of the engine process has the shape main understands. */
export function isFromHost(message: unknown): message is FromHost {
  return tagOf(message) === "ready";
}

/** Tells whether a message of main has the shape the engine process understands. */
export function isToHost(message: unknown): message is ToHost {
  const tag = tagOf(message);
  return tag === "open" || tag === "client" || tag === "stop";
}

function tagOf(message: unknown): unknown {
  return typeof message === "object" && message !== null && "t" in message ? message.t : undefined;
}

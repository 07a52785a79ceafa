/**
 * The life of a room as a table: what may happen in which state, and where it leads. Everything else is a bug and throws.
 *
 * `live`: all is durable. `dirty`: updates wait to be stored (a first attempt failed, a retry is due). `storing`: at least
 * one commit is under way. `failed`: the document could not be loaded; nobody is admitted until a retry succeeds.
 */
export type RoomState = "loading" | "live" | "storing" | "dirty" | "unloading" | "failed" | "gone";

export type RoomEvent =
  | "loaded"
  | "load-failed"
  | "store-started"
  | "all-stored"
  | "store-failed"
  | "idle"
  | "joined"
  | "unloaded"
  | "retry";

const TRANSITIONS: Readonly<Record<RoomState, Partial<Readonly<Record<RoomEvent, RoomState>>>>> = {
  loading: { loaded: "live", "load-failed": "failed", joined: "loading" },
  live: { "store-started": "storing", idle: "unloading", joined: "live" },
  storing: {
    "store-started": "storing",
    "all-stored": "live",
    "store-failed": "dirty",
    joined: "storing",
  },
  dirty: { "store-started": "storing", "store-failed": "dirty", joined: "dirty" },
  unloading: { joined: "live", unloaded: "gone" },
  failed: { retry: "loading", unloaded: "gone", joined: "failed" },
  gone: {},
};

/** Where `event` leads from `state`. Throws when the event cannot happen there. */
export function nextRoomState(state: RoomState, event: RoomEvent): RoomState {
  const next = TRANSITIONS[state][event];
  if (next === undefined) throw new TypeError(`A room that is ${state} cannot meet the event "${event}".`);
  return next;
}

/** All pairs that are allowed, for tests and documentation. */
export function roomTransitions(): { readonly from: RoomState; readonly event: RoomEvent; readonly to: RoomState }[] {
  return (Object.keys(TRANSITIONS) as RoomState[]).flatMap((from) =>
    (Object.entries(TRANSITIONS[from]) as [RoomEvent, RoomState][]).map(([event, to]) => ({ from, event, to })),
  );
}

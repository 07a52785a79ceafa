import { randomUUID } from "node:crypto";
import type { ChangeBus, ChangeListener } from "@ecolocal/core/documents/store";
import pg from "pg";
import { Coalescer, deliver, encodePresence, encodeStored } from "./bus-message.ts";

const CHANNEL = "ecolocal_changes";
const COALESCE_MS = 2;
const RECONNECT_MS = 500;
/** PostgreSQL refuses notifications of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7900;

/** A bus over PostgreSQL's LISTEN and NOTIFY: no further service, not through PgBouncer in transaction mode. */
export function createNotifyBus(connectionString: string, pool: pg.Pool): ChangeBus {
  const node = randomUUID();
  let client: pg.Client | null = null;
  let listener: ChangeListener | null = null;
  let closed = false;
  let waiting: ReturnType<typeof setTimeout> | null = null;

  const notify = (payload: string): void => {
    if (closed || Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) return;
    // A notification that cannot be sent is made good by the next one, or by the gap after a reconnect.
    pool.query("select pg_notify($1, $2)", [CHANNEL, payload]).catch(() => undefined);
  };
  const coalescer = new Coalescer(COALESCE_MS, (key, seq) => notify(encodeStored(node, key, seq)));

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString, application_name: "ecolocal-listen" });
    next.on("error", () => undefined);
    next.on("end", () => reconnectLater());
    next.on("notification", ({ payload }) => {
      if (listener !== null && payload !== undefined) deliver(node, payload, listener);
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch (cause) {
      await next.end().catch(() => undefined);
      throw cause;
    }
    client = next;
  }

  // A failed attempt tells twice, by its end and by its error: two timers for one connection would double with every
  // attempt until PostgreSQL has no place left for anybody.
  function reconnectLater(): void {
    client = null;
    if (closed || waiting !== null) return;
    waiting = setTimeout(() => {
      waiting = null;
      connect().then(
        () => listener?.onGap(),
        () => reconnectLater(),
      );
    }, RECONNECT_MS);
    waiting.unref();
  }

  return {
    publishStored: (key, seq) => coalescer.add(key, seq),
    publishPresence: (key, body) => notify(encodePresence(node, key, body)),
    async subscribe(next) {
      listener = next;
      await connect();
    },
    async close() {
      coalescer.flush();
      closed = true;
      if (waiting !== null) clearTimeout(waiting);
      await client?.end();
    },
  };
}

import { err, type Failure, ok } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import { FEED_PREFIX } from "../ingest/index.ts";
import { sensorNotFound } from "./sensor-changes.ts";
import type { HandlersOf, Services } from "./services.ts";

/** Takes in what another program has read, for a sensor whose port is `pipe:…`. */
export function feedHandler({ store, ingest, feeds }: Services): Pick<HandlersOf<"sensor">, "sensor.feed"> {
  return {
    "sensor.feed": async ({ sensorId, bytes, last }) => {
      const sensor = store.sensors.find(sensorId);
      if (!sensor || sensor.removedAt !== null) return err(sensorNotFound(sensorId));
      if (!sensor.portPath.startsWith(FEED_PREFIX)) return err(notAPipe(sensor));
      ingest.start();
      await ingest.reconcile();
      const before = ingest.status(sensorId)?.counters;
      // The session waits for the port to come back, longer each time; here it is.
      const fed = feeds.feed(sensor.portPath, Buffer.from(bytes, "base64"));
      ingest.retry(sensorId);
      const taken = await fed;
      if (!taken.ok) return taken;
      if (last) feeds.end(sensor.portPath);
      const now = ingest.status(sensorId)?.counters;
      const gained = (name: "framesOk" | "framesBad" | "bytesDiscarded"): number =>
        Math.max(0, (now?.[name] ?? 0) - (before?.[name] ?? 0));
      return ok({
        framesOk: gained("framesOk"),
        framesBad: gained("framesBad"),
        bytesDiscarded: gained("bytesDiscarded"),
      });
    },
  };
}

function notAPipe({ name, portPath }: SensorRecord): Failure<"SENSING_PORT_TAKEN"> {
  return {
    code: "SENSING_PORT_TAKEN",
    op: "sensor.feed",
    subject: portPath,
    detail: `"${name}" is read from ${portPath}, not from a pipe.`,
    hint: "Name the driver instead, and a new sensor with --name.",
    retry: "after-change",
  };
}

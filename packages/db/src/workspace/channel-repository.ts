import type { Channel, Exposure } from "@ecolocal/core/sensing";
import { type Instant, isQuantity, type Quantity, type Ulid } from "@ecolocal/core/shared";
import type { Selectable } from "kysely";
import { createSyncQuery, type SqliteHandle } from "../sqlite/index.ts";
import type { WorkspaceTables } from "./schema.ts";

/** Reads return domain objects; writes belong inside `handle.write`. */
export interface ChannelRepository {
  /** Fails on a second channel of the same sensor, quantity and key (or quantity, key, place and exposure without one). */
  add(channel: Channel, createdAt: Instant): void;
  change(id: Ulid, change: Partial<Pick<Channel, "place" | "exposure" | "intervalMs">>): boolean;
  find(id: Ulid): Channel | null;
  /** The channel of a sensor for one quantity and key. */
  findOfSensor(sensorId: Ulid, quantity: Quantity, key: string): Channel | null;
  /** The channel without a sensor (imported, typed in) for one quantity at one place. */
  findAtPlace(place: Pick<Channel, "quantity" | "key" | "place" | "exposure">): Channel | null;
  list(): Channel[];
  listOfSensor(sensorId: Ulid): Channel[];
}

export function channelRepository(handle: SqliteHandle): ChannelRepository {
  const query = createSyncQuery<WorkspaceTables>(handle.sqlite);
  const all = query.build.selectFrom("channels").selectAll().orderBy("created_at").orderBy("id");
  const one = (row: ChannelRow | undefined) => (row === undefined ? null : rowToChannel(row));
  return {
    add(channel, createdAt) {
      query.run(query.build.insertInto("channels").values(channelToRow(channel, createdAt)));
    },
    change(id, change) {
      const row = {
        ...(change.place === undefined ? {} : { place: change.place }),
        ...(change.exposure === undefined ? {} : { exposure: change.exposure }),
        ...(change.intervalMs === undefined ? {} : { interval_ms: change.intervalMs }),
      };
      if (Object.keys(row).length === 0) return this.find(id) !== null;
      return query.run(query.build.updateTable("channels").set(row).where("id", "=", id)) > 0;
    },
    find: (id) => one(query.first(all.where("id", "=", id))),
    findOfSensor: (sensorId, quantity, key) =>
      one(query.first(all.where("sensor_id", "=", sensorId).where("quantity", "=", quantity).where("key", "=", key))),
    findAtPlace: ({ quantity, key, place, exposure }) =>
      one(
        query.first(
          all
            .where("sensor_id", "is", null)
            .where("quantity", "=", quantity)
            .where("key", "=", key)
            .where("place", "=", place)
            .where("exposure", "=", exposure),
        ),
      ),
    list: () => query.all(all).map(rowToChannel),
    listOfSensor: (sensorId) => query.all(all.where("sensor_id", "=", sensorId)).map(rowToChannel),
  };
}

type ChannelRow = Selectable<WorkspaceTables["channels"]>;

function channelToRow(channel: Channel, createdAt: Instant): ChannelRow {
  return {
    id: channel.id,
    sensor_id: channel.sensorId,
    quantity: channel.quantity,
    key: channel.key,
    place: channel.place,
    exposure: channel.exposure,
    interval_ms: channel.intervalMs,
    created_at: createdAt,
  };
}

function rowToChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    sensorId: row.sensor_id,
    // A newer program may know more quantities; its workspace is read with this one's words.
    quantity: isQuantity(row.quantity) ? row.quantity : "unknown",
    key: row.key,
    place: row.place,
    exposure: row.exposure as Exposure,
    intervalMs: row.interval_ms,
  };
}

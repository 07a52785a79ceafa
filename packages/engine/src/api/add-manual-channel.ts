import type { ChannelView } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import { DAY_MS, err, type Failure, ok, type Quantity, type Result } from "@ecolocal/core/shared";
import { viewChannel } from "./sensor-view.ts";
import type { Services } from "./services.ts";

/** People read a meter about once a week. */
const EXPECTED_INTERVAL_MS = 7 * DAY_MS;

/** Makes the channel of a meter that people read; the same name and kind is the same meter. */
export function addManualChannel(
  services: Services,
  { quantity, name, place }: { readonly quantity: Quantity; readonly name: string; readonly place: string },
): Result<ChannelView, Failure> {
  const { store } = services;
  const known = store.channels
    .list()
    .find((channel) => channel.sensorId === null && channel.quantity === quantity && channel.key === name);
  if (known !== undefined) return ok(viewChannel(services, known, ""));
  const channel: Channel = {
    id: store.ids.next(),
    sensorId: null,
    quantity,
    key: name,
    place,
    exposure: "unknown",
    intervalMs: EXPECTED_INTERVAL_MS,
  };
  const written = store.db.write("channel.add", channel.id, () => {
    store.channels.add(channel, store.clock.now());
    store.readings.registerChannel(channel);
  });
  if (!written.ok) return err(written.error);
  store.changes.notify("sensors");
  return ok(viewChannel(services, channel, ""));
}

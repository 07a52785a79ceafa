import { type Channel, QUALITY_BITS } from "@ecolocal/core/sensing";
import { HOUR_MS, MINUTE_MS } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { createChannelJudge } from "./channel-judge.ts";

let workspace: TempWorkspace;
let store: Store;
let channel: Channel;

beforeEach(() => {
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
  const id = store.ids.next();
  channel = { id, sensorId: null, quantity: "pm25", key: "", place: "", exposure: "outdoor", intervalMs: MINUTE_MS };
  store.db.write("test", id, () => {
    store.channels.add(channel, store.clock.now());
    store.readings.registerChannel(channel);
  });
});
afterEach(() => workspace.dispose());

/** Fills the last 24 hours, oldest first, and judges them. */
async function judge(at: (minute: number) => { readonly value: number; readonly quality?: number }) {
  const end = Math.floor(store.clock.now() / HOUR_MS) * HOUR_MS;
  const readings = Array.from({ length: 24 * 60 }, (_, minute) => {
    const { value, quality = 0 } = at(minute);
    return { channelId: channel.id, at: end - (24 * 60 - minute) * MINUTE_MS, value, quality };
  });
  expect(store.readings.append(readings)).toMatchObject({ ok: true });
  return createChannelJudge(store).judge(channel);
}

describe("judging a channel", () => {
  it("takes no value into account that sticks out", async () => {
    const spike = QUALITY_BITS.spike;
    const views = await judge((minute) => (minute % 60 === 7 ? { value: 900, quality: spike } : { value: 10 }));
    expect(views.map(({ bandSet, value }) => [bandSet.id, value])).toEqual([
      ["us_aqi", 10],
      ["eu_eaqi_2024", 10],
      ["who_aqg_2021", 10],
    ]);
  });

  it("says nothing about air by a sensor that stands still, and goes by what it said before", async () => {
    const views = await judge((minute) =>
      minute < 12 * 60 ? { value: 10 + (minute % 3) } : { value: 3, quality: QUALITY_BITS.stuck },
    );
    expect(views.map(({ bandSet }) => bandSet.id)).toEqual(["who_aqg_2021"]);
    expect(views[0]).toMatchObject({ value: expect.closeTo(11, 1), coverage: 0.5, provisional: true });
  });

  it("leaves a day of good readings as it is", async () => {
    const [aqi] = await judge(() => ({ value: 20 }));
    expect(aqi).toMatchObject({ value: 20, coverage: 1, provisional: false });
  });
});

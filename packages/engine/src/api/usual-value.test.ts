import { HOUR_MS, MINUTE_MS } from "@ecolocal/core/shared";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { createUsualValues } from "./usual-value.ts";

const WEEK_MS = 7 * 24 * HOUR_MS;
let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = createTempWorkspace();
  store = createStore(workspace.open().db, workspace);
});
afterEach(() => workspace.dispose());

function channelWithWeeks(...values: number[]) {
  const channel = {
    id: store.ids.next(),
    sensorId: null,
    quantity: "co2",
    key: "",
    place: "",
    exposure: "indoor",
    intervalMs: MINUTE_MS,
  } as const;
  store.readings.registerChannel(channel);
  const hour = Math.floor(workspace.clock.now() / HOUR_MS) * HOUR_MS;
  values.forEach((value, week) => {
    const from = hour - (week + 1) * WEEK_MS;
    store.readings.append(
      Array.from({ length: 60 }, (_, minute) => ({
        channelId: channel.id,
        at: from + minute * MINUTE_MS,
        value,
        quality: 0,
      })),
    );
  });
  return channel;
}

describe("what is usual", () => {
  it("is the middle of the same hour in earlier weeks, and only more than noise is a change", () => {
    const channel = channelWithWeeks(600, 620, 640, 610, 5000);
    const usual = createUsualValues(store);
    const now = workspace.clock.now();
    expect(usual.trend(channel, 630, now)).toMatchObject({ delta: 10, direction: "steady" });
    expect(usual.trend(channel, 900, now)).toMatchObject({ delta: 280, direction: "up" });
    expect(usual.trend(channel, 450, now)).toMatchObject({ direction: "down" });
  });

  it("is not known after less than three weeks", () => {
    expect(createUsualValues(store).trend(channelWithWeeks(600, 620), 900, workspace.clock.now())).toBeNull();
  });
});

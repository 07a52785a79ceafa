import type { SensorView } from "@ecolocal/core/api";
import { expect, it } from "vitest";
import { quantitiesOf, splitByPosition } from "./places.ts";

const sensor = (name: string, quantities: readonly string[], rest: object = {}): SensorView =>
  ({ id: name, name, position: null, channels: quantities.map((quantity) => ({ quantity })), ...rest }) as never;

it("tells sensors on the map from those that somebody could put there", () => {
  const position = { latitude: 1, longitude: 2 };
  const { placed, unplaced } = splitByPosition([
    sensor("b", [], { position }),
    sensor("a", [], { position }),
    sensor("c", []),
    sensor("somebody else's", [], { owner: { name: "Ben" } }),
  ]);
  expect(placed.map(({ name }) => name)).toEqual(["a", "b"]);
  expect(unplaced.map(({ name }) => name)).toEqual(["c"]);
});

it("offers what most sensors measure first, a quantity once per sensor", () => {
  const sensors = [sensor("a", ["pm25", "pm25", "pm10"]), sensor("b", ["co2"]), sensor("c", ["co2"])];
  expect(quantitiesOf(sensors)).toEqual(["co2", "pm10", "pm25"]);
});

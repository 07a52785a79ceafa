import type { Channel } from "@ecolocal/core/sensing";
import type { Quantity } from "@ecolocal/core/shared";
import { describe, expect, it } from "vitest";
import { chooseCards, MAX_CARDS } from "./choose-cards.ts";

let made = 0;
const candidate = (
  quantity: Quantity,
  change: { judged?: boolean; current?: boolean; key?: string; sensorId?: string } = {},
) => {
  const { judged = true, current = true, key = "", sensorId = `s${made}` } = change;
  const channel: Channel = {
    id: `c${made++}`,
    sensorId,
    quantity,
    key,
    place: "",
    exposure: "indoor",
    intervalMs: 1000,
  };
  return { channel, judged, current };
};
const chosen = (...candidates: ReturnType<typeof candidate>[]) =>
  chooseCards(candidates).map(({ channel }) => channel.quantity + (channel.key && `/${channel.key}`));

describe("the cards of the home page", () => {
  it("are at most eight", () => {
    expect(chosen(...Array.from({ length: 20 }, () => candidate("temperature")))).toHaveLength(MAX_CARDS);
  });

  it("show different things before more of the same", () => {
    const same = Array.from({ length: 8 }, () => candidate("co2"));
    expect(chosen(...same, candidate("humidity"), candidate("pm25"))).toEqual(
      expect.arrayContaining(["humidity", "pm25"]),
    );
  });

  it("put judged and present values first", () => {
    expect(
      chosen(candidate("co2", { current: false }), candidate("temperature"), candidate("humidity", { judged: false })),
    ).toEqual(["temperature", "co2", "humidity"]);
  });

  it("leave out fine print and what a total includes", () => {
    const meter = { sensorId: "meter", judged: false };
    expect(
      chosen(
        candidate("voltage", meter),
        candidate("power", { ...meter, key: "import" }),
        candidate("power", meter),
        candidate("energy_import", { ...meter, key: "t1" }),
      ),
    ).toEqual(["power", "energy_import/t1"]);
  });
});

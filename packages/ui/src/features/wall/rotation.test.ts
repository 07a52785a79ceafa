import { expect, it } from "vitest";
import { CARDS_AT_ONCE, cardsOfTurn } from "./rotation.ts";

it("shows every card once before the first one comes again", () => {
  const cards = ["co2", "pm25", "pm10", "noise", "soil"];
  const turns = [0, 1, 2].map((turn) => cardsOfTurn(cards, turn));
  expect(turns.flat()).toEqual(cards);
  expect(turns.every((shown) => shown.length <= CARDS_AT_ONCE)).toBe(true);
  expect(cardsOfTurn(cards, 3)).toEqual(turns[0]);
});

it("shows one card all the time, and nothing where there is none", () => {
  expect([0, 1, 2].map((turn) => cardsOfTurn(["co2"], turn))).toEqual([["co2"], ["co2"], ["co2"]]);
  expect(cardsOfTurn([], 7)).toEqual([]);
});

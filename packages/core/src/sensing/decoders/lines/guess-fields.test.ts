import { describe, expect, test } from "vitest";
import { guessFields } from "./guess-fields.ts";

describe("what the numbers of an unknown device may be", () => {
  test("are told apart by whether they change, with a meaning where their name says one", () => {
    const guess = guessFields(["boot ok", "fw=12 temp=21.5 x=7", "", "fw=12 temp=21.7 x=9"]);
    expect(guess).toMatchObject({ linesUnderstood: 2, linesTotal: 3 });
    expect(guess.fields).toEqual([
      { key: "fw", last: 12, lowest: 12, highest: 12, seen: 2, varies: false, proposal: null },
      {
        key: "temp",
        last: 21.7,
        lowest: 21.5,
        highest: 21.7,
        seen: 2,
        varies: true,
        proposal: { key: "temp", quantity: "temperature", unit: "Cel" },
      },
      { key: "x", last: 9, lowest: 7, highest: 9, seen: 2, varies: true, proposal: null },
    ]);
  });

  test("are named by their column where there are no names, and are none in prose", () => {
    expect(guessFields(["21.5;40", "21.6;41"]).fields.map(({ key }) => key)).toEqual(["1", "2"]);
    expect(guessFields(["hello there", "nothing to see"])).toEqual({ fields: [], linesUnderstood: 0, linesTotal: 2 });
    expect(guessFields([])).toEqual({ fields: [], linesUnderstood: 0, linesTotal: 0 });
  });
});

import { expect, it } from "vitest";
import { toDocument } from "./document.ts";

it("writes instants as ISO UTC, arrays of numbers plainly and gaps as null", () => {
  const at = Date.UTC(2026, 10, 25, 8, 0, 0, 250);
  expect(
    toDocument({
      at,
      createdAt: at - 250,
      owner: { pid: 7, since: at },
      latest: null,
      from: new Float64Array([at]),
      mean: new Float64Array([1.5, Number.NaN]),
      flat: 8,
    }),
  ).toEqual({
    at: "2026-11-25T08:00:00.250Z",
    createdAt: "2026-11-25T08:00:00Z",
    owner: { pid: 7, since: "2026-11-25T08:00:00.250Z" },
    latest: null,
    from: ["2026-11-25T08:00:00.250Z"],
    mean: [1.5, null],
    flat: 8,
  });
});

import { expect, test } from "vitest";
import { describeFailure } from "./describe-failure.ts";

test("A failure reads as what happened, where, what to do, and a code to quote", async () => {
  const text = await describeFailure(
    {
      code: "WORKSPACE_NOT_FOUND",
      op: "open",
      subject: "/srv/air",
      detail: "There is no database in this folder.",
      hint: "Choose another folder.",
      retry: "after-change",
    },
    "en",
  );
  expect(text.split("\n\n")).toEqual([
    expect.stringContaining("no workspace"),
    "/srv/air: There is no database in this folder.",
    "Choose another folder.",
    "WORKSPACE_NOT_FOUND",
  ]);
});

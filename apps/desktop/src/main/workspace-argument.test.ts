import { expect, test } from "vitest";
import { workspaceArgument, workspaceOfSecondInstance } from "./workspace-argument.ts";

test("The workspace is taken from either spelling and made absolute", () => {
  expect(workspaceArgument(["electron", ".", "--workspace", "air"], "/home/ada")).toBe("/home/ada/air");
  expect(workspaceArgument(["ecolocal", "--workspace=/srv/air"], "/home/ada")).toBe("/srv/air");
});

test("Without a folder no workspace is named", () => {
  expect(workspaceArgument(["ecolocal"], "/")).toBeNull();
  expect(workspaceArgument(["ecolocal", "--workspace"], "/")).toBeNull();
  expect(workspaceArgument(["ecolocal", "--workspace", "--no-open"], "/")).toBeNull();
});

test("A second instance can only hand over a folder", () => {
  expect(workspaceOfSecondInstance({ workspace: "/srv/air" })).toBe("/srv/air");
  for (const data of [null, undefined, "x", {}, { workspace: 7 }, { workspace: "" }, { workspace: null }]) {
    expect(workspaceOfSecondInstance(data)).toBeNull();
  }
});

import { expect, it } from "vitest";
import { sourceFiles } from "./sources.ts";

const files = sourceFiles(".ts", ".tsx");

it("takes only types from the contract, so that its schemas stay out of the bundle", () => {
  const values = files.filter(({ text }) => /import (?!type\b)[^;]*from "@ecolocal\/core\/api";/.test(text));
  expect(values.map(({ path }) => path)).toEqual([]);
});

it("never writes markup from text", () => {
  const writers = /dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write/;
  expect(files.filter(({ text }) => writers.test(text)).map(({ path }) => path)).toEqual([]);
});

it("shows pictures only through the one icon component", () => {
  const others = files.filter(({ path, text }) => text.includes("lucide-react") && !path.endsWith("kit/icon.tsx"));
  expect(others.map(({ path }) => path)).toEqual([]);
});

it("lets features know the kit, and never the kit a feature", () => {
  const upwards = files.filter(
    ({ path, text }) => path.startsWith("kit/") && /from "\.\.\/(?:\.\.\/)?(?:features|app|actions)\//.test(text),
  );
  expect(upwards.map(({ path }) => path)).toEqual([]);
});

import { expect, test } from "vitest";
import { coreLayerFindings } from "../guards/core-layers.ts";
import { commandFindings, messageFindings } from "../guards/documents.ts";
import { duplicateFindings, lockfileFindings, pluginFindings, rangeFindings } from "../guards/packages.ts";
import { openRepository } from "../guards/repository.ts";
import { environmentFindings, longFileFindings, machineFindings, unfinishedFindings } from "../guards/text-rules.ts";

const repository = openRepository(new URL("../..", import.meta.url).pathname.replace(/\/$/, ""));

test("the folders of core import only those before them, and only the third parties allowed to them", () => {
  expect(coreLayerFindings(repository)).toEqual([]);
});

test("only config folders read the environment", () => {
  expect(environmentFindings(repository)).toEqual([]);
});

test("no source file is longer than 400 lines", () => {
  expect(longFileFindings(repository)).toEqual([]);
});

test("no file names a path of somebody's machine or a package registry", () => {
  expect(machineFindings(repository)).toEqual([]);
});

test("nothing is marked unfinished and no test is switched off", () => {
  expect(unfinishedFindings(repository)).toEqual([]);
});

test("the lockfile names no host and holds the optional packages of every platform", () => {
  expect(lockfileFindings(repository)).toEqual([]);
});

test("there is one copy of Yjs and of what it is made of", () => {
  expect(duplicateFindings(repository)).toEqual([]);
});

test("every plugin of the CLI is one of its dependencies", () => {
  expect(pluginFindings(repository)).toEqual([]);
});

test("every dependency is pinned to one version", () => {
  expect(rangeFindings(repository)).toEqual([]);
});

test("every command in the README and the guides exists", () => {
  expect(commandFindings(repository)).toEqual([]);
});

test("every message that code shows is in the catalogue", () => {
  expect(messageFindings(repository)).toEqual([]);
});

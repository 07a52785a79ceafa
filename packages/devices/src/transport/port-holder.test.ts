import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findPortHolder } from "./port-holder.ts";

let proc: string;
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), "ecolocal-proc-"));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

/** A process that has a port open, as the kernel shows it. */
function holder(comm: string, words: readonly string[]): void {
  rmSync(join(proc, "4711"), { recursive: true, force: true });
  mkdirSync(join(proc, "4711/fd"), { recursive: true });
  symlinkSync("/dev/none-such", join(proc, "4711/fd/7"));
  writeFileSync(join(proc, "4711/comm"), `${comm}\n`);
  writeFileSync(join(proc, "4711/cmdline"), words.map((word) => `${word}\0`).join(""));
}

const nameOf = async (path = "/dev/none-such") => (await findPortHolder(path, proc))?.name;

test("names the program that holds a port, and what Node calls MainThread by what it runs", async () => {
  holder("brltty", ["/usr/bin/brltty"]);
  expect(await nameOf()).toBe("brltty");
  holder("MainThread", ["/usr/bin/node", "/usr/lib/node_modules/@ecolocal/cli/bin/run.js", "agent"]);
  expect(await nameOf()).toBe("ecolocal");
  holder("MainThread", ["node", "/home/me/eco/apps/cli/bin/run.js", "open"]);
  expect(await nameOf()).toBe("ecolocal");
  holder("MainThread", ["/opt/node/bin/node", "/srv/zigbee2mqtt/index.js"]);
  expect(await nameOf()).toBe("node");
  expect(await nameOf("/dev/another")).toBeUndefined();
});

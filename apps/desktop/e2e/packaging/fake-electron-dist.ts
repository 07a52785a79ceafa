import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where a binary keeps its fuses: this mark, a version, a count and one character per fuse. */
const FUSE_SENTINEL = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";
const FUSE_VERSION = 1;
const UPSTREAM_FUSES = "101100110";
const OTHER_FILES = [
  "LICENSE",
  "LICENSES.chromium.html",
  "resources.pak",
  "icudtl.dat",
  "snapshot_blob.bin",
  "v8_context_snapshot.bin",
  "chrome-sandbox",
  "chrome_crashpad_handler",
  "locales/en-US.pak",
];

/**
 * Writes a folder that electron-builder takes for an unpacked Electron, so that packaging can be tested without one.
 *
 * Its "binary" is a text with a real fuse wire in it: the fuses are flipped in earnest.
 */
export function writeFakeElectronDist(folder: string, version: string): void {
  mkdirSync(join(folder, "locales"), { recursive: true });
  mkdirSync(join(folder, "resources"));
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([FUSE_VERSION, UPSTREAM_FUSES.length]),
    Buffer.from(UPSTREAM_FUSES),
  ]);
  const binary = Buffer.concat([Buffer.from("#!/bin/sh\nexit 1\n# "), wire, Buffer.from("\n")]);
  writeFileSync(join(folder, "electron"), binary, { mode: 0o755 });
  writeFileSync(join(folder, "version"), version);
  for (const file of OTHER_FILES) {
    writeFileSync(join(folder, file), "");
  }
}

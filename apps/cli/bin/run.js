#!/usr/bin/env -S node --min-semi-space-size=16
import * as nodeModule from "node:module";

const NODE_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) {
  // Compiled code of the last run is read back instead of compiled again: a third of the cold start.
  nodeModule.enableCompileCache();
  const { runCli } = await import("../out/main.js");
  await runCli(process.argv.slice(2));
} else {
  const { runUnderPinnedNode } = await import("./pinned-node.js");
  runUnderPinnedNode(import.meta.filename ?? process.argv[1], process.argv.slice(2), NODE_MAJOR);
}

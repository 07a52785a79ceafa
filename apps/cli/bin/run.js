#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Compiled code of the last run is read back instead of compiled again: a third of the cold start.
enableCompileCache();
const { runCli } = await import("../out/main.js");
await runCli(process.argv.slice(2));

#!/usr/bin/env -S node --conditions=source
import { runCli } from "../src/main.ts";

await runCli(process.argv.slice(2), { fromSources: true });

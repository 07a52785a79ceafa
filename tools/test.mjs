import { guardedRun } from "./lib/test/guard.mjs";

process.exitCode = await guardedRun(process.argv.slice(2));

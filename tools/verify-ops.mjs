import { fileURLToPath } from "node:url";
import { continueWith } from "./lib/run/prepare.mjs";

await continueWith(fileURLToPath(new URL("./lib/ops/main.mjs", import.meta.url)), process.argv.slice(2));

import process from "node:process";
import { pino } from "pino";
import { readServerConfig } from "../../src/config/index.ts";
import { runServer } from "../../src/run.ts";
import { adaptStore, VARIANTS } from "./versions.ts";

// The real program, with another version's or a planted bug's store: `node-main.ts <variant>`.
const variant = VARIANTS.find((name) => name === process.argv[2]) ?? "current";
const config = readServerConfig([], process.env);
if (!config.ok) throw new TypeError(config.error.detail);
const server = await runServer(
  config.value,
  pino(pino.destination(2)),
  () => undefined,
  (store) => adaptStore(variant, store),
);
if ("code" in server) throw new TypeError(server.detail);
process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));

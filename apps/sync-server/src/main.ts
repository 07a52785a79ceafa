import process from "node:process";
import { pino } from "pino";
import { readServerConfig } from "./config/index.ts";
import { runServer } from "./run.ts";

const logger = pino(
  { name: "ecolocal-sync", redact: ["token", "*.token", "headers.authorization"] },
  pino.destination(2),
);
const config = readServerConfig(process.argv.slice(2), process.env);

if (config.ok) {
  const server = await runServer(config.value, logger, (line) => process.stdout.write(`${line}\n`));
  if ("code" in server) {
    logger.fatal({ failure: server }, server.detail);
    process.exitCode = 1;
  } else {
    const stop = (): void => void server.stop().then(() => process.exit(0));
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  }
} else {
  logger.fatal({ failure: config.error }, config.error.detail);
  process.exitCode = 2;
}

import process from "node:process";
import { pino } from "pino";
import { COMMANDS, runCommand } from "./commands/index.ts";
import { ENVIRONMENT, readCommandLine, readServerConfig } from "./config/index.ts";
import { runServer } from "./run.ts";

const line = readCommandLine(process.argv.slice(2), COMMANDS);
const config = readServerConfig(line.flags, ENVIRONMENT);
const logger = pino(
  {
    name: "ecolocal-sync",
    level: config.ok ? config.value.logLevel : "info",
    redact: ["token", "*.token", "headers.authorization"],
  },
  pino.destination(2),
);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

if (!config.ok) {
  logger.fatal({ failure: config.error }, config.error.detail);
  process.exitCode = 2;
} else if (line.command !== null) {
  const answer = await runCommand(line.command, config.value, line);
  if (answer.ok) print(JSON.stringify(answer.value));
  else logger.error({ failure: answer.error }, answer.error.detail);
  process.exitCode = answer.ok ? 0 : 1;
} else {
  const server = await runServer(config.value, logger, print);
  if ("code" in server) {
    logger.fatal({ failure: server }, server.detail);
    process.exitCode = 1;
  } else {
    const stop = (): void => void server.stop().then(() => process.exit(0));
    process.once("SIGTERM", stop);
    process.once("SIGINT", stop);
  }
}

export { COMMANDS, type CommandName, runCommand } from "./run-command.ts";

import type { Hook } from "@oclif/core/hooks";
import { EXIT } from "../exit-codes.ts";
import { nearestOf } from "../input/nearest.ts";
import { writeNote, writeOut } from "../output/stdout.ts";

/** Answers an unknown command with the nearest known one; it never asks and never runs anything else. */
// biome-ignore lint/style/noDefaultExport: oclif loads a hook by its default export
export default (async function commandNotFound({ id, argv, config }) {
  const typed = id.replaceAll(":", " ");
  const known = config.commands.filter((command) => !command.hidden).map((command) => command.id.replaceAll(":", " "));
  const nearest = nearestOf(typed, known);
  const hint = nearest === undefined ? "See: ecolocal help" : `Did you mean: ecolocal ${nearest}`;
  const message = `There is no command "${typed}".`;
  process.exitCode = EXIT.unknownCommand;
  if (argv?.includes("--json") === true) {
    const error = {
      code: "CLI_COMMAND_UNKNOWN",
      message,
      detail: message,
      hint,
      subject: typed,
      exit: EXIT.unknownCommand,
    };
    await writeOut(`${JSON.stringify({ error }, null, 2)}\n`);
  } else {
    writeNote(`✗ ${message}\n  ${hint}\n  CLI_COMMAND_UNKNOWN\n`);
  }
} satisfies Hook<"command_not_found">);

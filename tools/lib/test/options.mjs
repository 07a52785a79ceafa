import { parseArgs } from "node:util";

export const TEST_USAGE = [
  "npm test [-- OPTIONS]",
  "",
  "  --long          the full numbers of fault, soak and seed campaigns",
  "  --no-install    never install system parts through apt",
  "  --lane NAME     only this lane; may be repeated",
].join("\n");

/**
 * @param {string[]} args
 * @returns {{ok: true, value: {long: boolean, install: boolean, lanes: string[], help: boolean}} | {ok: false, error: string}}
 */
export function parseTestOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        long: { type: "boolean" },
        "no-install": { type: "boolean" },
        lane: { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
    });
    return {
      ok: true,
      value: {
        long: values.long === true,
        install: values["no-install"] !== true,
        lanes: values.lane ?? [],
        help: values.help === true,
      },
    };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

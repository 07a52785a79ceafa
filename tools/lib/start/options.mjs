import { parseArgs } from "node:util";

/**
 * @typedef {object} StartOptions
 * @property {string} [workspace] folder of the workspace to open
 * @property {number} [port] loopback port; asking for one means the web address, not the window
 * @property {boolean} open whether the browser may be opened
 * @property {boolean} help
 */

export const START_USAGE = [
  "npm start [-- OPTIONS]",
  "",
  "Opens EcoLocal: your last workspace, or the demo workspace until there is one.",
  "",
  "  --workspace DIR   open this workspace",
  "  --port N          serve on this loopback port (in the browser, not in a window)",
  "  --no-open         print the web address and open nothing",
].join("\n");

/**
 * @param {string[]} args
 * @returns {{ok: true, value: StartOptions} | {ok: false, error: string}}
 */
export function parseStartOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        workspace: { type: "string", short: "w" },
        port: { type: "string" },
        "no-open": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      return { ok: false, error: `--port ${values.port} is not a number from 0 to 65535.` };
    }
    return {
      ok: true,
      value: {
        open: values["no-open"] !== true,
        help: values.help === true,
        ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
        ...(port === undefined ? {} : { port }),
      },
    };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

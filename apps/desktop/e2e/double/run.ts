/**
 * Loads an app the way the Electron binary does and then makes it ready: `node run.ts APP [arguments…]`.
 *
 * APP is a folder with a package.json, or a single file. When started with an IPC channel it also evaluates functions
 * for a test, with the `electron` module as their first argument, like Playwright's `electronApplication.evaluate`.
 */
import "./register.ts";
import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

interface Evaluation {
  readonly id: number;
  readonly source: string;
  readonly argument: unknown;
}

const SLOW_ENTRY_MS = 5000;
const target = resolve(process.argv[2] ?? ".");
const isFolder = statSync(target).isDirectory();
process.env["ELECTRON_DOUBLE_APP"] = isFolder ? target : dirname(target);
Object.assign(process.versions, { electron: "45.4.1", chrome: "154.0.0.0" });
Object.defineProperty(process, "type", { value: "browser" });

const electron = await import("./electron.ts");
const { becomeReady } = await import("./application.ts");
process.on("message", (evaluation: Evaluation) => void evaluate(evaluation));
process.on("SIGTERM", () => electron.app.quit());
process.on("SIGINT", () => electron.app.quit());
if (process.send) {
  process.on("disconnect", () => electron.app.exit(0));
}

const slow = setTimeout(() => {
  process.stderr.write(
    "[electron-double] The entry module is still loading: a top-level await on app.whenReady() never ends in Electron.\n",
  );
}, SLOW_ENTRY_MS).unref();
// Nothing but the entry itself may keep the process alive now: a deadlock then ends it with Node's code 13.
process.channel?.unref();
try {
  await import(pathToFileURL(entryOf(target)).href);
} finally {
  clearTimeout(slow);
  process.channel?.ref();
}
await becomeReady();
process.send?.({ t: "ready", cdpPort: electron.control.cdpPort });

function entryOf(path: string): string {
  if (!isFolder) {
    return path;
  }
  const { main } = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as { readonly main?: string };
  return join(path, main ?? "index.js");
}

async function evaluate({ id, source, argument }: Evaluation): Promise<void> {
  try {
    const run = new Function(`return (${source})`)() as (module: typeof electron, argument: unknown) => unknown;
    process.send?.({ t: "value", id, value: await run(electron, argument) });
  } catch (error) {
    process.send?.({ t: "value", id, error: error instanceof Error ? String(error.stack) : String(error) });
  }
}

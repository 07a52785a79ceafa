import { type ChildProcess, fork, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { _electron, type Browser, chromium, type Page } from "playwright-core";

type Electron = typeof import("electron");

/** The running desktop app as a test sees it: the same over the double and over the real binary. */
export interface DesktopApp {
  /** Under the double more can be asked (`control`), and custom schemes appear as https in the page. */
  readonly isDouble: boolean;
  readonly pid: number;
  /** Runs a function in the main process; it must not use anything from around it. */
  evaluate<Argument, Value>(
    run: (electron: Electron, argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Awaited<Value>>;
  firstWindow(): Promise<Page>;
  /** Everything main and its children wrote. */
  log(): string;
  /** Quits as a person would and gives the exit code. */
  close(): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

export interface LaunchOptions {
  /** Folder or file of the app; the product's own when left out. */
  readonly app?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export const DESKTOP: string = join(import.meta.dirname, "../..");
const EXECUTABLES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};
const RUN_DOUBLE = join(import.meta.dirname, "../double/run.ts");

/**
 * The Electron executable, when one is there and has a screen to open windows on: named by the variable, or fetched
 * into its package. `ECOLOCAL_E2E_DOUBLE=1` takes the double all the same.
 */
export function findElectron(): string | null {
  const { env } = process;
  const hasScreen = process.platform !== "linux" || Boolean(env["DISPLAY"] ?? env["WAYLAND_DISPLAY"]);
  if (env["ECOLOCAL_E2E_DOUBLE"] === "1" || !hasScreen) {
    return null;
  }
  const dist = env["ELECTRON_OVERRIDE_DIST_PATH"] ?? join(DESKTOP, "../../node_modules/electron/dist");
  const file = join(dist, EXECUTABLES[process.platform] ?? "electron");
  return existsSync(file) ? file : null;
}

/** Starts the app on the real binary where there is one, else on the double. */
export function launchDesktop(options: LaunchOptions = {}): Promise<DesktopApp> {
  const executable = findElectron();
  return executable === null ? launchOnDouble(options) : launchOnElectron(executable, options);
}

/** Starts the app once more beside a running one, as a person does by accident, and waits for its end. */
export function startAgain(options: LaunchOptions): Promise<number | null> {
  const executable = findElectron();
  const command =
    executable === null ? [process.execPath, RUN_DOUBLE, DESKTOP] : [executable, ...rootSwitches(), DESKTOP];
  const [file, ...args] = [...command, ...(options.args ?? [])] as [string, ...string[]];
  return exitOf(spawn(file, args, { stdio: "ignore", env: environment(options) }));
}

async function launchOnElectron(executable: string, options: LaunchOptions): Promise<DesktopApp> {
  const app = await _electron.launch({
    executablePath: executable,
    args: [...rootSwitches(), options.app ?? DESKTOP, ...(options.args ?? [])],
    env: environment(options),
  });
  const child = app.process();
  const log = collectOutput(child);
  const exited = exitOf(child);
  return {
    isDouble: false,
    pid: child.pid ?? 0,
    evaluate: (run, argument) => app.evaluate(run as never, argument as never),
    firstWindow: () => app.firstWindow(),
    log,
    exited,
    async close() {
      await app.evaluate(({ app: running }) => running.quit()).catch(() => undefined);
      return exited;
    },
  };
}

/** Starts the app on the double, whatever is installed. */
export async function launchOnDouble(options: LaunchOptions = {}): Promise<DesktopApp> {
  const child = fork(RUN_DOUBLE, [options.app ?? DESKTOP, ...(options.args ?? [])], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
    execArgv: [],
    env: environment(options),
  });
  const log = collectOutput(child);
  const exited = exitOf(child);
  const evaluations = createEvaluations(child, exited);
  const cdpPort = await Promise.race([
    evaluations.ready,
    exited.then((code) => Promise.reject(new Error(`The app ended with ${code} before it was ready.\n${log()}`))),
  ]);
  let browser: Browser | undefined;
  return {
    isDouble: true,
    pid: child.pid ?? 0,
    evaluate: evaluations.evaluate,
    log,
    exited,
    async firstWindow() {
      browser ??= await chromium.connectOverCDP(`http://127.0.0.1:${cdpPort}`);
      return findWindow(browser);
    },
    async close() {
      await browser?.close().catch(() => undefined);
      child.kill("SIGTERM");
      return exited;
    },
  };
}

function createEvaluations(child: ChildProcess, exited: Promise<unknown>) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  const ready = new Promise<number>((resolve) => {
    child.on("message", (message: { t: string; id: number; cdpPort: number; value?: unknown; error?: string }) => {
      if (message.t === "ready") {
        resolve(message.cdpPort);
        return;
      }
      const evaluation = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) {
        evaluation?.resolve(message.value);
      } else {
        evaluation?.reject(new Error(message.error));
      }
    });
  });
  void exited.then(() => {
    for (const { reject } of waiting.values()) {
      reject(new Error("The app ended."));
    }
  });
  const evaluate: DesktopApp["evaluate"] = (run, argument) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve: resolve as (value: unknown) => void, reject });
      child.send({ id: lastId, source: String(run), argument }, (error) => error && reject(error));
    });
  return { ready, evaluate };
}

async function findWindow(browser: Browser): Promise<Page> {
  for (;;) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((candidate) => candidate.url() !== "about:blank");
    if (page !== undefined) {
      return page;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Chromium's own sandbox refuses to run as root. */
const rootSwitches = (): string[] => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

function environment(options: LaunchOptions): Record<string, string> {
  return { ...(process.env as Record<string, string>), ...options.env };
}

function collectOutput(child: ChildProcess): () => string {
  let output = "";
  const append = (text: unknown): void => {
    output += String(text);
  };
  child.stdout?.on("data", append);
  child.stderr?.on("data", append);
  return () => output;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

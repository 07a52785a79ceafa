import { EventEmitter } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "./chromium.ts";
import { takeInstanceLock } from "./instance-lock.ts";
import { cancelable, type ProcessMetric, requireNotReady, runtime, utilities } from "./state.ts";

/** What quitting asks of a window: it may stay open. */
interface Closable {
  close(): void;
  isDestroyed(): boolean;
}

const appPath = process.env["ELECTRON_DOUBLE_APP"] ?? process.cwd();
const manifest = JSON.parse(readFileSync(join(appPath, "package.json"), "utf8")) as {
  readonly name: string;
  readonly productName?: string;
  readonly version: string;
};
const name = manifest.productName ?? manifest.name;
const appData = process.env["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");

class Application extends EventEmitter {
  readonly isPackaged: boolean = process.env["ELECTRON_DOUBLE_PACKAGED"] === "1";
  readonly windows = new Set<Closable>();
  readonly #ready = new Promise<void>((resolve) => {
    this.once("ready", () => resolve());
  });
  readonly #paths: Readonly<Record<string, string>> = {
    appData,
    userData: join(appData, name),
    sessionData: join(appData, name),
    home: homedir(),
    temp: tmpdir(),
  };

  whenReady(): Promise<void> {
    return this.#ready;
  }

  getPath(key: string): string {
    const path = this.#paths[key];
    if (path === undefined) {
      throw new Error(`Failed to get '${key}' path`);
    }
    return path;
  }

  getAppPath(): string {
    return appPath;
  }

  getName(): string {
    return name;
  }

  getVersion(): string {
    return manifest.version;
  }

  getPreferredSystemLanguages(): string[] {
    return [process.env["ELECTRON_DOUBLE_LOCALE"] ?? "en-US"];
  }

  getAppMetrics(): ProcessMetric[] {
    return [{ pid: process.pid, type: "Browser" }, ...utilities];
  }

  enableSandbox(): void {
    requireNotReady("app.enableSandbox()");
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    const own = { argv: process.argv, workingDirectory: process.cwd(), data };
    return takeInstanceLock(this.getPath("userData"), own, (second) =>
      this.emit("second-instance", {}, second.argv, second.workingDirectory, second.data),
    );
  }

  quit(): void {
    if (runtime.isQuitting) {
      return;
    }
    const beforeQuit = cancelable({});
    this.emit("before-quit", beforeQuit);
    if (beforeQuit.defaultPrevented) {
      return;
    }
    for (const window of this.windows) {
      window.close();
      if (!window.isDestroyed()) {
        return;
      }
    }
    const willQuit = cancelable({});
    this.emit("will-quit", willQuit);
    if (!willQuit.defaultPrevented) {
      this.exit(0);
    }
  }

  exit(code = 0): void {
    if (runtime.isQuitting) {
      return;
    }
    runtime.isQuitting = true;
    this.emit("quit", {}, code);
    void Promise.all(runtime.closers.map((close) => close())).then(() => process.exit(code));
  }
}

export const app = new Application();

/** Called when the entry module has finished loading, which is when Electron lets the app become ready. */
export async function becomeReady(): Promise<void> {
  if (runtime.isQuitting) {
    return;
  }
  mkdirSync(app.getPath("userData"), { recursive: true });
  await launchChromium(app.getPath("sessionData"), () => app.quit());
  runtime.isReady = true;
  app.emit("ready", {}, {});
}

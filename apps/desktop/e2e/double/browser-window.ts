import { EventEmitter } from "node:events";
import { app } from "./application.ts";
import { cancelable, requireReady, runtime } from "./state.ts";
import { WebContents, type WebPreferences } from "./web-contents.ts";

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean;
  readonly webPreferences?: WebPreferences;
}

/** A window without a frame: its page is real, its place on the screen is only remembered. */
export class BrowserWindow extends EventEmitter {
  static readonly #all = new Set<BrowserWindow>();
  readonly webContents: WebContents;
  readonly #bounds: Bounds;
  #isVisible: boolean;
  #isMinimized = false;
  #isMaximized = false;
  #isDestroyed = false;
  #isPainted = false;

  constructor(options: WindowOptions = {}) {
    super();
    requireReady("BrowserWindow");
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.#isVisible = options.show !== false;
    this.webContents = new WebContents(options.webPreferences ?? {}, this.#bounds);
    this.webContents.on("did-finish-load", () => this.#painted());
    this.webContents.on("page-closed", () => this.destroy());
    BrowserWindow.#all.add(this);
    app.windows.add(this);
    app.emit("web-contents-created", {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    this.#isVisible = true;
    this.emit("show");
  }

  focus(): void {
    this.emit("focus");
  }

  minimize(): void {
    this.#isMinimized = true;
  }

  restore(): void {
    this.#isMinimized = false;
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  close(): void {
    const event = cancelable({});
    this.emit("close", event);
    if (!event.defaultPrevented) {
      this.destroy();
    }
  }

  destroy(): void {
    if (this.#isDestroyed) {
      return;
    }
    this.#isDestroyed = true;
    BrowserWindow.#all.delete(this);
    app.windows.delete(this);
    this.webContents.dispose();
    this.emit("closed");
    if (BrowserWindow.#all.size === 0 && !runtime.isQuitting) {
      this.#lastWindowClosed();
    }
  }

  #lastWindowClosed(): void {
    if (app.listenerCount("window-all-closed") === 0) {
      app.quit();
    } else {
      app.emit("window-all-closed");
    }
  }

  #painted(): void {
    if (!this.#isPainted) {
      this.#isPainted = true;
      this.emit("ready-to-show");
    }
  }
}

import { EventEmitter } from "node:events";
import type { Page } from "playwright-core";
import { fromWebUrl, toWebUrl } from "./custom-scheme.ts";
import { ipcMain } from "./ipc-main.ts";
import { dropRemote, isPortMessage, type MessagePortMain, type Remote, receiveFromRemote } from "./message-port.ts";
import type { PageMessage } from "./page/isolated-world.ts";
import { PageBridge } from "./page-bridge.ts";
import { cancelable, control, runtime, warn } from "./state.ts";

export interface WebPreferences {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
}

type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: "allow" | "deny" };

/** The top frame of one document; after a navigation it is destroyed and another one takes its place. */
export class WebFrameMain {
  readonly parent = null;
  readonly #contents: WebContents;
  #isDestroyed = false;

  constructor(contents: WebContents) {
    this.#contents = contents;
  }

  get url(): string {
    return this.#isDestroyed ? "" : this.#contents.getURL();
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (!this.#isDestroyed) {
      this.#contents.transfer(channel, message, transfer);
    }
  }

  destroy(): void {
    this.#isDestroyed = true;
  }
}

let lastId = 0;

/** One page of Chromium, with its preload and its place in IPC. */
export class WebContents extends EventEmitter {
  static readonly all = new Set<WebContents>();
  readonly id = ++lastId;
  readonly #preferences: WebPreferences;
  readonly #remote: Remote;
  readonly #isSetUp: Promise<void>;
  #page: Page | undefined;
  #bridge: PageBridge | undefined;
  #expectedUrl: string | undefined;
  #onWindowOpen: WindowOpenHandler = () => ({ action: "allow" });
  mainFrame: WebFrameMain = new WebFrameMain(this);

  constructor(preferences: WebPreferences, size: { width: number; height: number }) {
    super();
    if (preferences.sandbox === false || preferences.contextIsolation === false) {
      throw new Error("The double runs sandboxed, isolated preloads only.");
    }
    WebContents.all.add(this);
    this.#preferences = preferences;
    this.#remote = { ports: new Set(), send: (message) => this.#bridge?.send(message as never) };
    this.#isSetUp = this.#setUp(size);
    this.#isSetUp.catch((error: unknown) => warn(`window: ${String(error)}`));
  }

  static ofPage(page: Page): WebContents | undefined {
    return [...WebContents.all].find((contents) => contents.#page === page);
  }

  getURL(): string {
    const url = this.#page?.url() ?? "about:blank";
    return url === "about:blank" ? "" : fromWebUrl(url);
  }

  async loadURL(url: string): Promise<void> {
    await this.#isSetUp;
    const webUrl = toWebUrl(url);
    this.#expectedUrl = webUrl.split("#")[0];
    await this.#page?.goto(webUrl, { waitUntil: "load" }).catch((error: unknown) => {
      const code = /net::(ERR_\w+)/.exec(String(error))?.[1] ?? "ERR_FAILED";
      throw new Error(`${code} loading '${url}'`);
    });
  }

  reload(): void {
    void this.#page?.reload().catch(() => undefined);
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#bridge?.send({ t: "event", channel, args, ports: [] });
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#onWindowOpen = handler;
  }

  isDestroyed(): boolean {
    return !WebContents.all.has(this);
  }

  /** Sends a message with ports to the current document. */
  transfer(channel: string, message: unknown, ports: readonly MessagePortMain[]): void {
    if (this.#bridge?.hasDocument) {
      const ids = ports.map((port) => port.moveTo(this.#remote));
      this.#bridge.send({ t: "event", channel, args: [message], ports: ids });
    }
  }

  /** Asks the app whether the page may go there; `true` means it may. */
  mayNavigate(webUrl: string): boolean {
    const url = fromWebUrl(webUrl);
    if (webUrl === this.#expectedUrl) {
      this.#expectedUrl = undefined;
      return true;
    }
    if (webUrl === this.#page?.url().split("#")[0]) {
      return true; // a reload
    }
    for (const name of ["will-frame-navigate", "will-navigate"]) {
      const event = cancelable({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
      this.emit(name, event, url);
      if (event.defaultPrevented) {
        return false;
      }
    }
    return true;
  }

  dispose(): void {
    WebContents.all.delete(this);
    this.#leaveDocument();
    void this.#page?.close().catch(() => undefined);
    this.emit("destroyed");
  }

  async #setUp(size: { width: number; height: number }): Promise<void> {
    const page = runtime.firstPage ?? (await runtime.context?.newPage());
    runtime.firstPage = undefined;
    if (page === undefined) {
      throw new Error("Chromium is not running.");
    }
    this.#page = page;
    if (process.env["ELECTRON_DOUBLE_HEADED"] !== "1") {
      await page.setViewportSize(size);
    }
    page.on("popup", (popup) => void popup.close().catch(() => undefined));
    page.on("close", () => this.emit("page-closed"));
    page.on("crash", () => this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 }));
    page.on("load", () => {
      if (page.url() !== "about:blank") {
        this.emit("did-finish-load");
      }
    });
    if (this.#preferences.preload !== undefined) {
      await this.#installPreload(page, this.#preferences.preload);
    }
  }

  async #installPreload(page: Page, preload: string): Promise<void> {
    try {
      this.#bridge = await PageBridge.install(page, {
        preload,
        config: { versions: process.versions, platform: process.platform, arch: process.arch },
        onMessage: (message) => void this.#receive(message),
        onWindowOpen: (url) => this.#openWindow(url),
        onDocumentGone: () => this.#leaveDocument(),
      });
    } catch (error) {
      this.#preloadFailed(String(error));
    }
  }

  /** Only the app's verdict counts here; the window itself is closed as soon as it appears. */
  #openWindow(webUrl: string): void {
    const { action } = this.#onWindowOpen({ url: fromWebUrl(webUrl) });
    if (action === "allow") {
      warn(`The app allowed a window for ${webUrl}; the double does not open it.`);
    }
  }

  #preloadFailed(message: string): void {
    control.preloadErrors.push(message);
    warn(`Unable to load preload script: ${this.#preferences.preload}\n${message}`);
    this.emit("preload-error", {}, this.#preferences.preload, new Error(message));
  }

  #leaveDocument(): void {
    dropRemote(this.#remote);
    this.mainFrame.destroy();
    this.mainFrame = new WebFrameMain(this);
  }

  async #receive(message: PageMessage): Promise<void> {
    const event = { sender: this, senderFrame: this.mainFrame, ports: [] };
    if (isPortMessage(message)) {
      receiveFromRemote(message);
    } else if (message.t === "preload-error") {
      this.#preloadFailed(message.message);
    } else if (message.t === "send") {
      ipcMain.emit(message.channel, event, ...message.args);
    } else if (message.t === "invoke") {
      await this.#invoke(message, event);
    }
  }

  async #invoke({ id, channel, args }: Extract<PageMessage, { t: "invoke" }>, event: object): Promise<void> {
    try {
      const handler = ipcMain.handlers.get(channel);
      if (handler === undefined) {
        throw new Error(`No handler registered for '${channel}'`);
      }
      this.#bridge?.send({ t: "result", id, value: await handler(event, ...args) });
    } catch (error) {
      this.#bridge?.send({ t: "result", id, error: `Error invoking remote method '${channel}': ${String(error)}` });
    }
  }
}

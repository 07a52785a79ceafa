import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { Script } from "node:vm";
import type { CDPSession, Page } from "playwright-core";
import { makeCodec } from "./page/codec.ts";
import { isolatedWorld, type MainMessage, type PageMessage, type PreloadConfig } from "./page/isolated-world.ts";
import { mainWorld } from "./page/main-world.ts";
import { makeShaper } from "./page/shape.ts";

const WORLD = "Electron Isolated Context";
const BINDING = "electronDoubleSend";
const RECEIVER = "electronDoubleReceive";
const codec = makeCodec();

export interface PageBridgeOptions {
  readonly preload: string;
  readonly config: PreloadConfig;
  onMessage(message: PageMessage): void;
  /** The page asks for a new window; Chromium opens one whatever comes of it. */
  onWindowOpen(url: string): void;
  /** The document was left; whatever belonged to it is gone. */
  onDocumentGone(): void;
}

/**
 * Installs a preload in every document of a page and carries messages between it and main.
 *
 * The preload runs in an isolated world through the DevTools protocol: the page sees neither the binding nor the
 * preload's globals, and neither content security policy nor Trusted Types are loosened for it.
 */
export class PageBridge {
  readonly #options: PageBridgeOptions;
  readonly #cdp: CDPSession;
  #context: number | undefined;

  private constructor(options: PageBridgeOptions, cdp: CDPSession) {
    this.#options = options;
    this.#cdp = cdp;
  }

  /** Throws the sentence Electron reports as `preload-error` when the preload cannot be loaded at all. */
  static async install(page: Page, options: PageBridgeOptions): Promise<PageBridge> {
    const code = readPreload(options.preload);
    const cdp = await page.context().newCDPSession(page);
    const bridge = new PageBridge(options, cdp);
    cdp.on("Runtime.bindingCalled", (event) => {
      if (event.name === BINDING) {
        bridge.#receive(codec.decode(event.payload) as PageMessage, event.executionContextId);
      }
    });
    cdp.on("Runtime.executionContextsCleared", () => {
      bridge.#context = undefined;
      options.onDocumentGone();
    });
    cdp.on("Page.windowOpen", ({ url }) => options.onWindowOpen(url));
    await cdp.send("Runtime.enable");
    await cdp.send("Page.enable");
    await cdp.send("Runtime.addBinding", { name: BINDING, executionContextName: WORLD });
    const secret = JSON.stringify(randomBytes(12).toString("hex"));
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", {
      source: inTopDocument(`(${mainWorld})(${secret}, ${makeShaper})`),
    });
    const run = `function (exports, require, module, process) {${code}\n}`;
    await cdp.send("Page.addScriptToEvaluateOnNewDocument", {
      worldName: WORLD,
      source: `${inTopDocument(
        `(${isolatedWorld})(${secret}, ${JSON.stringify(options.config)}, ${makeCodec}, ${makeShaper}, ${run})`,
      )}\n//# sourceURL=electron-double:///${basename(options.preload)}`,
    });
    return bridge;
  }

  get hasDocument(): boolean {
    return this.#context !== undefined;
  }

  /** Sends to the document that is there now; a message to none is lost, as in Electron. */
  send(message: MainMessage): void {
    if (this.#context === undefined) {
      return;
    }
    const expression = `${RECEIVER}(${JSON.stringify(codec.encode(message))})`;
    // The document may go away meanwhile.
    this.#cdp.send("Runtime.evaluate", { expression, contextId: this.#context }).catch(() => undefined);
  }

  #receive(message: PageMessage, context: number): void {
    if (message.t === "preload-ready") {
      this.#context = context;
    }
    this.#options.onMessage(message);
  }
}

function readPreload(file: string): string {
  const code = readFileSync(file, "utf8");
  if (extname(file) === ".mjs") {
    throw new SyntaxError("Cannot use import statement outside a module (ES module preload in a sandboxed renderer)");
  }
  // Compiled once here, so that a syntax error is a preload error and not a silent absence.
  new Script(`(function (exports, require, module, process) {${code}\n})`, { filename: file });
  return code;
}

const inTopDocument = (code: string): string =>
  `(() => { if (window === window.top && location.href !== "about:blank") { ${code} } })()`;

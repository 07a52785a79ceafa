/** The version of what the preload offers the page; a page that knows another one asks for a restart. */
export const BRIDGE_VERSION = 2;

/** Page → main: "give me a port to the engine". */
export const ENGINE_CONNECT = "engine:connect";

/** Page → main, with a language tag: "this is the language I speak"; menu and dialogs follow it. */
export const PAGE_LANGUAGE = "page:language";

/** Main → page, with one MessagePort: the port speaks the contract with the engine. */
export const ENGINE_PORT = "engine:port";

/** Main → page: the engine process is gone and every port with it; Chromium tells a page nothing about dead ports. */
export const ENGINE_GONE = "engine:gone";

/**
 * What a page finds as `window.ecolocal` in the desktop window, and nothing else of Electron.
 *
 * The port comes back as a `message` event of the window itself (`data` is `engine:port`), because the context bridge
 * cannot hand over a MessagePort. The same way `engine:gone` arrives. While the engine restarts, `connect` may be
 * called at once: the port arrives when the engine is back.
 */
export interface EcolocalBridge {
  readonly bridge: typeof BRIDGE_VERSION;
  connect(): void;
  /** Tells which language the page speaks, at its start and whenever it changes. */
  speak(language: string): void;
}

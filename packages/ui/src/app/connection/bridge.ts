/** What the desktop shell's preload offers the page; absent in a browser. */
export interface EcolocalBridge {
  readonly bridge: 2;
  /** Asks for a new port to the engine; it arrives as a window message, at once or when the engine is back. */
  connect(): void;
  /** Tells which language the page speaks, so that the native menu follows it. */
  speak(language: string): void;
}

/** Messages that the preload posts to its own window. */
export const ENGINE_PORT_MESSAGE = "engine:port";
export const ENGINE_GONE_MESSAGE = "engine:gone";

declare global {
  interface Window {
    readonly ecolocal?: EcolocalBridge;
  }
}

import type { makeCodec as MakeCodec } from "./codec.ts";
import type { makeShaper as MakeShaper, Settled, Shape } from "./shape.ts";

/** What the page's isolated world tells main. */
export type PageMessage =
  | { readonly t: "preload-ready" }
  | { readonly t: "preload-error"; readonly message: string }
  | { readonly t: "invoke"; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly t: "send"; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly t: "port-message"; readonly port: number; readonly data: unknown }
  | { readonly t: "port-close"; readonly port: number };

/** What main tells the page's isolated world. */
export type MainMessage =
  | { readonly t: "result"; readonly id: number; readonly value?: unknown; readonly error?: string }
  | {
      readonly t: "event";
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly ports: readonly number[];
    }
  | { readonly t: "port-message"; readonly port: number; readonly data: unknown }
  | { readonly t: "port-close"; readonly port: number };

export interface PreloadConfig {
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
}

type RunPreload = (exports: object, require: (id: string) => unknown, module: object, process: object) => void;
type Listener = (event: object, ...args: unknown[]) => void;

/**
 * Runs the preload in a world of its own, with the modules a sandboxed preload has: `electron`, `timers`, `url`.
 *
 * A port that main transfers becomes a real MessageChannel: one half goes to the preload, the other is tunnelled over
 * the DevTools binding to the port's peer. Self-contained: the source is injected.
 */
export function isolatedWorld(
  secret: string,
  config: PreloadConfig,
  makeCodec: typeof MakeCodec,
  makeShaper: typeof MakeShaper,
  runPreload: RunPreload,
): void {
  const scope = globalThis as unknown as {
    electronDoubleSend(text: string): void;
    electronDoubleReceive?: (text: string) => void;
  };
  const codec = makeCodec();
  const post = (message: PageMessage): void => scope.electronDoubleSend(codec.encode(message));
  const fire = (name: string, detail: unknown): unknown =>
    window.dispatchEvent(new CustomEvent(`${secret}isolated-${name}`, { detail }));
  const on = (name: string, listener: (detail: never) => void): void =>
    window.addEventListener(`${secret}main-${name}`, (event) => listener((event as CustomEvent).detail as never));

  let answer: { readonly value?: Shape; readonly error?: string } | undefined;
  const call = (id: number, args: readonly Shape[]): Shape => {
    answer = undefined;
    fire("call", { id, args });
    const given = answer as { readonly value?: Shape; readonly error?: string } | undefined;
    if (given?.value === undefined) throw new Error(given?.error ?? "The page's world is gone.");
    return given.value;
  };
  const shaper = makeShaper(call, (outcome) => fire("settle", outcome));
  on("answer", (detail: typeof answer) => {
    answer = detail;
  });
  on("settle", (outcome: Settled) => shaper.settle(outcome));
  on("call", ({ id, args }: { id: number; args: readonly Shape[] }) => {
    try {
      fire("answer", { value: shaper.run(id, args) });
    } catch (error) {
      fire("answer", { error: error instanceof Error ? error.message : String(error) });
    }
  });

  const tunnels = new Map<number, MessagePort>();
  const openPort = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => post({ t: "port-message", port: id, data: event.data });
    tunnels.set(id, port1);
    return port2;
  };
  const closePort = (id: number): void => {
    tunnels.get(id)?.close();
    tunnels.delete(id);
  };

  let lastInvocation = 0;
  const listeners = new Map<string, Listener[]>();
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        invocations.set(++lastInvocation, { resolve, reject });
        post({ t: "invoke", id: lastInvocation, channel, args });
      }),
    send: (channel: string, ...args: unknown[]) => post({ t: "send", channel, args }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
      return ipcRenderer;
    },
  };
  const receivers: { [T in MainMessage["t"]]: (message: Extract<MainMessage, { t: T }>) => void } = {
    result: ({ id, value, error }) => {
      const waiting = invocations.get(id);
      invocations.delete(id);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(error));
    },
    event: ({ channel, args, ports }) => {
      const event = { sender: ipcRenderer, ports: ports.map(openPort) };
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
    },
    "port-message": ({ port, data }) => tunnels.get(port)?.postMessage(data),
    "port-close": ({ port }) => closePort(port),
  };
  scope.electronDoubleReceive = (text) => {
    const message = codec.decode(text) as MainMessage;
    receivers[message.t](message as never);
  };

  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => void fire("expose", { key, shape: shaper.pack(api) }),
  };
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval };
  const modules: Record<string, unknown> = {
    electron: { contextBridge, ipcRenderer },
    "electron/renderer": { contextBridge, ipcRenderer },
    timers,
    url: { URL, URLSearchParams },
  };
  const require = (id: string): unknown => {
    const found = modules[id.replace(/^node:/, "")];
    if (found === undefined) throw new Error(`module not found: ${id}`);
    return found;
  };
  const module = { exports: {} };
  const process = { ...config, env: {}, argv: [], type: "renderer", sandboxed: true, contextIsolated: true };
  try {
    runPreload(module.exports, require, module, process);
    post({ t: "preload-ready" });
  } catch (error) {
    post({ t: "preload-error", message: error instanceof Error ? String(error.stack) : String(error) });
  }
}

import type { SignalShape } from "./platform.ts";
import { type Frame, isFrame, type Link } from "./wire.ts";

/** A DOM `MessagePort`, a Node one, or Electron's `MessagePortMain` (which has `on` instead of `addEventListener`). */
export interface PortShape {
  postMessage(value: unknown, transfer?: never): void;
  addEventListener?(type: string, listener: (event: never) => void): void;
  on?(type: string, listener: (event: never) => void): unknown;
  start?(): void;
  close(): void;
}

export interface PortLinkOptions {
  /** Aborts when someone who knows says the peer is gone: Chromium fires no `close` on a MessagePort. */
  readonly gone?: SignalShape;
  /** Whether array buffers may be moved instead of copied; Electron's ports refuse it. Default false. */
  readonly transfers?: boolean;
}

/** Makes a link of a message port; values cross by structured clone, so nothing is encoded. */
export function createPortLink(port: PortShape, options: PortLinkOptions = {}): Link {
  let open = true;
  const closed: (() => void)[] = [];
  const end = (): void => {
    if (!open) return;
    open = false;
    for (const listener of closed.splice(0)) listener();
  };
  listen(port, "close", end);
  if (options.gone?.aborted) end();
  options.gone?.addEventListener("abort", end, { once: true });
  return {
    send(frame, transfer) {
      if (!open) return "closed";
      port.postMessage(frame, (options.transfers === true ? (transfer ?? []) : []) as never);
      return "sent";
    },
    onFrame(receive) {
      listen(port, "message", (event) => {
        if (!open) return;
        const frame = (event as { readonly data: unknown }).data;
        if (isFrame(frame)) receive(frame satisfies Frame);
        else close();
      });
      port.start?.();
    },
    onClose(listener) {
      if (open) closed.push(listener);
      else listener();
    },
    close,
  };

  function close(): void {
    port.close();
    end();
  }
}

function listen(port: PortShape, type: string, listener: (event: never) => void): void {
  if (port.addEventListener) port.addEventListener(type, listener);
  else port.on?.(type, listener);
}

import { createPortLink, type Link, type PortShape, type RpcFailure } from "@ecolocal/core/api/rpc";
import { ok, type Result } from "@ecolocal/core/shared";
import { type EcolocalBridge, ENGINE_GONE_MESSAGE, ENGINE_PORT_MESSAGE } from "./bridge.ts";

/** How links are opened in the desktop window: the shell hands over one port per connection. */
export function createPortConnector(bridge: EcolocalBridge): () => Promise<Result<Link, RpcFailure>> {
  let waiting: ((port: MessagePort) => void) | undefined;
  let gone = new AbortController();
  window.addEventListener("message", (event) => {
    if (event.source !== window) return;
    if (event.data === ENGINE_GONE_MESSAGE) gone.abort();
    const port = event.ports[0];
    if (event.data === ENGINE_PORT_MESSAGE && port) {
      waiting?.(port);
      waiting = undefined;
    }
  });
  return () =>
    new Promise((resolve) => {
      gone = new AbortController();
      const { signal } = gone;
      waiting = (port) => resolve(ok(createPortLink(port as unknown as PortShape, { gone: signal })));
      bridge.connect();
    });
}

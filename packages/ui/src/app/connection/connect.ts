import type { HostContract } from "@ecolocal/core/api";
import { createReconnectingClient, type ReconnectingClient } from "@ecolocal/core/api/rpc";
import { createPortConnector } from "./port-connection.ts";
import { createSocketConnector } from "./socket-connection.ts";
import { takeToken, tokenFromHash } from "./token.ts";

/** Version of this app, told to the engine. */
export const APP_VERSION = "0.1.0";

/** Reaches the engine: through the desktop shell where there is one, else through the host that served the page. */
export function connectToEngine(): ReconnectingClient<HostContract> {
  const bridge = window.ecolocal;
  if (bridge !== undefined) {
    return createReconnectingClient<HostContract>({
      role: "app",
      app: APP_VERSION,
      connect: createPortConnector(bridge),
    });
  }
  const token = takeToken();
  // Pasting the printed address again only changes the fragment, which does not reload the page.
  window.addEventListener("hashchange", () => {
    if (tokenFromHash(window.location.hash) === undefined) return;
    takeToken();
    window.location.reload();
  });
  return createReconnectingClient<HostContract>({
    role: "browser",
    app: APP_VERSION,
    connect: createSocketConnector(window.location, () => token),
  });
}

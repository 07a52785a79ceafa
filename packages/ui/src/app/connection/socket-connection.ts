import { createWebSocketLink, type Link, type RpcFailure, type WebSocketShape } from "@ecolocal/core/api/rpc";
import { err, ok, type Result } from "@ecolocal/core/shared";

const PROTOCOL = "ecolocal.v1";
const CLOSE_TOKEN_REFUSED = 4401;

/** How links are opened in a browser: a WebSocket to the host that served the page, with the token as subprotocol. */
export function createSocketConnector(
  location: Pick<Location, "protocol" | "host">,
  token: () => string | undefined,
): () => Promise<Result<Link, RpcFailure>> {
  const address = socketAddress(location);
  return () => {
    const secret = token();
    if (secret === undefined) return Promise.resolve(err(tokenRefused()));
    return open(address, secret);
  };
}

/** The engine's WebSocket beside the served page. */
export function socketAddress(location: Pick<Location, "protocol" | "host">): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/ws`;
}

function open(address: string, token: string): Promise<Result<Link, RpcFailure>> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address, [PROTOCOL, `auth.${token}`]);
    const link = createWebSocketLink(socket as unknown as WebSocketShape);
    socket.addEventListener("open", () => resolve(ok(link)));
    socket.addEventListener("close", (event) => {
      resolve(err(event.code === CLOSE_TOKEN_REFUSED ? tokenRefused() : unreachable(address)));
    });
  });
}

function tokenRefused(): RpcFailure {
  return {
    code: "SERVE_TOKEN_REFUSED",
    op: "connect",
    subject: "engine",
    detail: "This tab has no valid access token.",
    retry: "after-change",
  };
}

function unreachable(address: string): RpcFailure {
  return {
    code: "LINK_LOST",
    op: "connect",
    subject: address,
    detail: "The host that served this page does not answer.",
    retry: "backoff",
  };
}

import { createWebSocketLink, type Link, type RpcFailure, type WebSocketShape } from "@ecolocal/core/api/rpc";
import { err, ok, type Result } from "@ecolocal/core/shared";

const PROTOCOL = "ecolocal.v1";
const CLOSE_TOKEN_REFUSED = 4401;
const HTTP_UNAUTHORIZED = 401;

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
      if (event.code === CLOSE_TOKEN_REFUSED) resolve(err(tokenRefused()));
      // A refused upgrade looks to a page like any lost connection; only a plain request tells them apart.
      else void isRefused(token).then((refused) => resolve(err(refused ? tokenRefused() : unreachable(address))));
    });
  });
}

/** Whether the host is there and does not know the token (any more). */
async function isRefused(token: string): Promise<boolean> {
  try {
    const answer = await fetch("./api/session", {
      headers: { authorization: `Bearer ${token}` },
      credentials: "omit",
      cache: "no-store",
    });
    return answer.status === HTTP_UNAUTHORIZED;
  } catch {
    return false;
  }
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

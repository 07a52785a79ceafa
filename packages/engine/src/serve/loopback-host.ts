import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createWebSocketLink, type Link, type WebSocketShape } from "@ecolocal/core/api/rpc";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { WebSocketServer } from "ws";
import { answerFile } from "../page-files/index.ts";
import { type Access, createAccess, readSubprotocols, SUBPROTOCOL } from "./access.ts";

export interface LoopbackOptions {
  /** Folder of the built interface, with its `index.html`. */
  readonly root: string;
  /** Serves one connected browser; its role is always `browser`. */
  readonly accept: (link: Link) => void;
  /** 0 or absent picks a free port. */
  readonly port?: number;
  /** Told about every refused request, for the log. */
  readonly onRefused?: (failure: Failure) => void;
}

export interface LoopbackHost {
  readonly port: number;
  readonly token: string;
  /** The address to open: the token is in the fragment, which reaches no server, log or referrer. */
  readonly url: string;
  close(): Promise<void>;
}

const ADDRESS = "127.0.0.1";
const WS_PATH = "/api/ws";
const SESSION_PATH = "/api/session";
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const MAX_BODY_BYTES = 64 * 1024;

const COMMON_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
};

/**
 * Serves the interface and the contract to browsers on this computer.
 *
 * Refusals: foreign `Host` 421, foreign `Origin` 403, missing or wrong token 401, malformed path or protocol 400,
 * a body that nobody asked for 413 or 405. No cookie is set or read: cookies ignore ports, so any other local server
 * would receive them. Source: shared facts "desktop.md" §2.
 */
export async function startLoopbackHost(options: LoopbackOptions): Promise<Result<LoopbackHost, Failure>> {
  let port = 0;
  const access = createAccess(() => port);
  const server = createServer((request, response) => void answer(options, access, request, response));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  server.on("upgrade", (request, socket, head) => {
    const refusal = refuseUpgrade(access, request);
    if (refusal) {
      options.onRefused?.(refusal.failure);
      deny(socket as Socket, refusal.status);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const shape = webSocket as unknown as WebSocketShape;
      options.accept(createWebSocketLink(shape, { maxReceiveBytes: MAX_FRAME_BYTES }));
    });
  });
  const started = await listen(server, options.port ?? 0);
  if (!started.ok) return started;
  port = started.value;
  return ok({
    port,
    token: access.token,
    url: `http://${ADDRESS}:${port}/#token=${access.token}`,
    close: () => closeAll(server, sockets),
  });
}

async function answer(
  options: LoopbackOptions,
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (refusal: Refusal): void => {
    options.onRefused?.(refusal.failure);
    end(response, refusal.status, `${refusal.failure.detail}\n`, { connection: "close" });
  };
  if (!access.isOwnHost(request)) return refuse(refusals.host(request));
  if (request.headers.origin !== undefined && !access.isOwnOrigin(request)) return refuse(refusals.origin(request));
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
    return end(response, 413, "The request is too large.\n", { connection: "close" });
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    return end(response, 405, "Only GET is possible here.\n", { allow: "GET, HEAD", connection: "close" });
  }
  const pathname = readPathname(request);
  if (pathname === undefined) return end(response, 400, "This path is not valid.\n");
  if (pathname === SESSION_PATH) {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (!access.isToken(token)) return refuse(refusals.token(request));
    return end(response, 204, "", { "cache-control": "no-store" });
  }
  const file = await answerFile(options.root, pathname);
  end(response, file.status, request.method === "HEAD" ? "" : file.body, file.headers);
}

interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 421;
  readonly failure: Failure;
}

const refusal = (status: Refusal["status"], code: string, subject: string, detail: string): Refusal => ({
  status,
  failure: { code, op: "serve", subject: subject.slice(0, 200), detail, retry: "never" },
});

const refusals = {
  host: (request: IncomingMessage): Refusal =>
    refusal(421, "SERVE_HOST_REFUSED", request.headers.host ?? "", "This address does not belong to EcoLocal."),
  origin: (request: IncomingMessage): Refusal =>
    refusal(403, "SERVE_ORIGIN_REFUSED", request.headers.origin ?? "", "Another page may not talk to EcoLocal."),
  token: (request: IncomingMessage): Refusal =>
    refusal(401, "SERVE_TOKEN_REFUSED", request.url ?? "", "The address is out of date; open the one printed last."),
  path: (request: IncomingMessage): Refusal =>
    refusal(404, "SERVE_ORIGIN_REFUSED", request.url ?? "", "There is nothing to connect to here."),
  protocol: (request: IncomingMessage): Refusal =>
    refusal(400, "LINK_PROTOCOL_MISMATCH", request.url ?? "", "The page speaks another version of the protocol."),
};

function refuseUpgrade(access: Access, request: IncomingMessage): Refusal | undefined {
  if (!access.isOwnHost(request)) return refusals.host(request);
  if (readPathname(request) !== WS_PATH) return refusals.path(request);
  if (!access.isOwnOrigin(request)) return refusals.origin(request);
  const { speaksContract, token } = readSubprotocols(request);
  if (!access.isToken(token)) return refusals.token(request);
  return speaksContract ? undefined : refusals.protocol(request);
}

const REASONS: Readonly<Record<Refusal["status"], string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  421: "Misdirected Request",
};

function deny(socket: Socket, status: Refusal["status"]): void {
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The raw path: `URL` would resolve `..` before it can be refused. */
function readPathname(request: IncomingMessage): string | undefined {
  const target = request.url ?? "/";
  return target.startsWith("/") ? target.split(/[?#]/, 1)[0] : undefined;
}

function end(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...COMMON_HEADERS, ...headers });
  response.end(body);
}

function listen(server: Server, port: number): Promise<Result<number, Failure>> {
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(
        err({
          code: "SERVE_PORT_BUSY",
          op: "serve.listen",
          subject: `${ADDRESS}:${port}`,
          detail: `The port cannot be used: ${error.message}.`,
          hint: "Leave --port out to take a free one.",
          retry: "after-change",
        }),
      );
    });
    server.listen(port, ADDRESS, () => resolve(ok((server.address() as AddressInfo).port)));
  });
}

function closeAll(server: Server, sockets: WebSocketServer): Promise<void> {
  return new Promise((resolve) => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Who may talk to the loopback host: the right address, the right page, the right token. */
export interface Access {
  /** 32 random bytes as base64url; made anew for every start. */
  readonly token: string;
  /** The `Host` header names this host: anything else is DNS rebinding. */
  isOwnHost(request: IncomingMessage): boolean;
  /** The `Origin` header, where a browser sends one, is this host's page. */
  isOwnOrigin(request: IncomingMessage): boolean;
  isToken(candidate: string | undefined): boolean;
}

const TOKEN_BYTES = 32;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export function createAccess(port: () => number, token = randomBytes(TOKEN_BYTES).toString("base64url")): Access {
  const expected = digest(token);
  const hosts = (): string[] => ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port()}`);
  return {
    token,
    isOwnHost: (request) => hosts().includes(request.headers.host ?? ""),
    isOwnOrigin: (request) => {
      const { origin } = request.headers;
      return origin !== undefined && hosts().some((host) => origin === `http://${host}`);
    },
    // Digests have one length, so the comparison takes the same time for every candidate.
    isToken: (candidate) => candidate !== undefined && timingSafeEqual(digest(candidate), expected),
  };
}

/** The subprotocols a browser offers: the contract's version, and the token, which it cannot send as a header. */
export function readSubprotocols(request: IncomingMessage): {
  readonly speaksContract: boolean;
  readonly token: string | undefined;
} {
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  const auth = offered.find((name) => name.startsWith("auth."));
  return { speaksContract: offered.includes(SUBPROTOCOL), token: auth?.slice("auth.".length) };
}

export const SUBPROTOCOL = "ecolocal.v1";

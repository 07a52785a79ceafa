import { isIP } from "node:net";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { type SyncFailure, syncFailure } from "./sync-failure.ts";

/**
 * Refuses to talk without encryption to anything outside this computer and its own network: an access token that
 * crosses the internet in the open is everybody's. A meeting hosted on a laptop is inside.
 */
export function checkEncryption(server: string): Result<void, SyncFailure> {
  const { protocol, hostname } = new URL(server);
  if (protocol === "https:" || isOwnNetwork(hostname.replace(/^\[|\]$/g, ""))) return ok(undefined);
  const detail = `${server} is not encrypted and lies outside your own network.`;
  return err(syncFailure("SYNC_SERVER_INSECURE", "sync.connect", server, detail));
}

export function isEncrypted(server: string): boolean {
  return server.startsWith("https:");
}

export function webSocketAddress(server: string): string {
  return server.replace(/^http/, "ws");
}

// Source: RFC 1918 (private IPv4), RFC 3927 and 4291 (link-local), RFC 4193 (unique local IPv6), RFC 6762 (.local).
const OWN_IPV4 = /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/;
const OWN_IPV6 = /^(::1$|fe[89ab]|f[cd])/i;

function isOwnNetwork(host: string): boolean {
  switch (isIP(host)) {
    case 4:
      return OWN_IPV4.test(host);
    case 6:
      return OWN_IPV6.test(host);
    default:
      return host === "localhost" || host.endsWith(".local");
  }
}

import { BlockList, isIP } from "node:net";
import { networkInterfaces } from "node:os";
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

// Source: RFC 1918 (private IPv4), RFC 3927 and 4291 (link-local), RFC 4193 (unique local IPv6).
const PRIVATE_NETWORKS: readonly (readonly [network: string, prefix: number])[] = [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["::1", 128],
  ["fe80::", 10],
  ["fc00::", 7],
];

/** Private addresses, those beside one of this computer's own, and names that only the local network knows (RFC 6762). */
function isOwnNetwork(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host === "localhost" || host.endsWith(".local");
  return ownNetworks().check(host, version === 4 ? "ipv4" : "ipv6");
}

function ownNetworks(): BlockList {
  const networks = new BlockList();
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const beside = own.flatMap(({ cidr }) => {
    const [network, prefix] = cidr?.split("/") ?? [];
    return network === undefined || prefix === undefined ? [] : [[network, Number(prefix)] as const];
  });
  for (const [network, prefix] of [...PRIVATE_NETWORKS, ...beside]) {
    networks.addSubnet(network, prefix, isIP(network) === 4 ? "ipv4" : "ipv6");
  }
  return networks;
}

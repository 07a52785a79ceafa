import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * Tells whether a post carries the token: `Authorization: Bearer …`, the bare token (openSenseMap), the password of
 * basic authentication (airRohr's own API), or the last part of the path where a firmware can send nothing else.
 */
export function hasToken(request: IncomingMessage, token: string, pathToken: string | null): boolean {
  const header = request.headers.authorization ?? "";
  const [, scheme = "", rest = ""] = /^(\S+)(?:\s+(\S+))?$/.exec(header.trim()) ?? [];
  const offered = [pathToken ?? "", rest === "" ? scheme : "", scheme === "Bearer" ? rest : ""];
  if (scheme === "Basic") {
    const [, password = ""] = /^[^:]*:(.*)$/s.exec(Buffer.from(rest, "base64").toString("utf8")) ?? [];
    offered.push(password);
  }
  return offered.some((candidate) => candidate !== "" && isSame(candidate, token));
}

/**
 * Tells whether a request was meant for this computer: a page on the web that points a name of its own at us would
 * send that name (DNS rebinding). Addresses, `localhost`, `*.local` and plain names of the network are ours.
 */
export function isOwnHost(host: string | undefined, ownNames: readonly string[]): boolean {
  const name = (host ?? "")
    .replace(/:\d+$/, "")
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
  if (name === "") return false;
  if (isIP(name) !== 0 || name === "localhost" || ownNames.includes(name)) return true;
  return /^[a-z0-9-]+(?:\.(?:local|lan|home\.arpa|internal|fritz\.box))?$/.test(name);
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

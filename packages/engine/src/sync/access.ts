import type { MemberRole } from "@ecolocal/core/community";
import { ROLES } from "@ecolocal/core/community";
import { type Clock, err, ok, type Result } from "@ecolocal/core/shared";
import { loginStatement } from "@ecolocal/sync/client";
import * as z from "zod";
import type { DeviceKey } from "./device-key.ts";
import type { Membership, MembershipFiles } from "./membership.ts";
import type { ServerConnection } from "./server-connection.ts";
import { type SyncFailure, syncFailure } from "./sync-failure.ts";

/** Access tokens of this device, renewed by signature before they end. */
export interface Access {
  /** A token that is good for a while. */
  token(): Promise<Result<string, SyncFailure>>;
  /** Runs `work` with a token; a token that the server no longer takes is renewed once. */
  with<T>(work: (token: string) => Promise<Result<T, SyncFailure>>): Promise<Result<T, SyncFailure>>;
}

export interface AccessContext {
  readonly connection: ServerConnection;
  readonly membership: Membership;
  readonly key: DeviceKey;
  readonly files: MembershipFiles;
  readonly clock: Clock;
  onRole(role: MemberRole): void;
}

const challengeAnswer = z.object({ challenge: z.string().max(4000) });
const tokenAnswer = z.object({ token: z.string().max(8000), expiresAt: z.number(), role: z.enum(ROLES) });

const RENEW_AFTER = 2 / 3;
/** Taken where the token does not tell its own times. */
const ASSUMED_LIFETIME_MS = 10 * 60_000;
const REFUSED: ReadonlySet<string> = new Set(["SYNC_TOKEN_EXPIRED", "SYNC_TOKEN_REFUSED"]);

export function createAccess(context: AccessContext): Access {
  const { connection, membership, key, files, clock } = context;
  const { deviceId } = membership;
  let current = files.readToken();
  let renewing: Promise<Result<string, SyncFailure>> | undefined;

  async function login(): Promise<Result<string, SyncFailure>> {
    const asked = await connection.json({
      method: "POST",
      path: "/v1/auth/challenge",
      body: { deviceId },
      answer: challengeAnswer,
    });
    if (!asked.ok) return asked;
    const { challenge } = asked.value;
    const signature = key.sign(loginStatement(deviceId, challenge));
    const body = { deviceId, challenge, signature };
    const given = await connection.json({ method: "POST", path: "/v1/auth/token", body, answer: tokenAnswer });
    if (!given.ok) return given.error.code === "SYNC_TOKEN_REFUSED" ? err(revoked(membership)) : given;
    const now = clock.now();
    const lifetimeMs = tokenLifetimeMs(given.value.token);
    current = { token: given.value.token, renewAt: now + lifetimeMs * RENEW_AFTER, expiresAt: now + lifetimeMs };
    files.writeToken(current);
    context.onRole(given.value.role);
    return ok(current.token);
  }

  function renew(): Promise<Result<string, SyncFailure>> {
    renewing ??= login().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  async function token(): Promise<Result<string, SyncFailure>> {
    const now = clock.now();
    if (current === null || now >= current.renewAt) {
      const known = current;
      const renewed = await renew();
      // Before the end an unreachable login is no reason to stop.
      return renewed.ok || known === null || now >= known.expiresAt ? renewed : ok(known.token);
    }
    return ok(current.token);
  }

  return {
    token,
    async with(work) {
      const given = await token();
      if (!given.ok) return given;
      const done = await work(given.value);
      if (done.ok || !REFUSED.has(done.error.code)) return done;
      current = null;
      const renewed = await renew();
      return renewed.ok ? await work(renewed.value) : renewed;
    },
  };
}

/**
 * How long a token lives, from its own two times. Both are the server's, so that this computer's clock, right or wrong,
 * has no say in it.
 */
function tokenLifetimeMs(token: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const { iat, exp } = z.object({ iat: z.number(), exp: z.number() }).parse(payload);
    return Math.max(0, exp - iat) * 1000;
  } catch {
    return ASSUMED_LIFETIME_MS;
  }
}

function revoked({ deviceName, server }: Membership): SyncFailure {
  const detail = `The server ${server} no longer knows this device (${deviceName}).`;
  return syncFailure("SYNC_DEVICE_REVOKED", "sync.login", deviceName, detail);
}

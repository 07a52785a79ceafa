import { type Clock, err, ok, type Result } from "@ecolocal/core/shared";
import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import type { AuthenticationFailure } from "../service/identity.ts";

export interface TokenKey {
  readonly keyId: string;
  readonly secret: Uint8Array;
}

export interface TokenSubject {
  readonly deviceId: string;
  readonly userId: string;
  readonly workspaceId: string;
}

/** Makes and checks short-lived access tokens and login challenges. The newest key signs, all of them verify. */
export interface Tokens {
  issueAccess(subject: TokenSubject): Promise<{ readonly token: string; readonly expiresAt: number }>;
  readAccess(token: string): Promise<Result<TokenSubject, AuthenticationFailure>>;
  issueChallenge(deviceId: string): Promise<string>;
  /** Whether the challenge is ours, for this device, and fresh. */
  checkChallenge(challenge: string, deviceId: string): Promise<boolean>;
}

const ACCESS_SECONDS = 15 * 60;
const CHALLENGE_SECONDS = 60;
/** Clocks of members' laptops differ; the server's own clock makes and checks tokens, so little is needed. */
const TOLERANCE_SECONDS = 5;
const ALGORITHM = "HS256";
const ISSUER = "ecolocal-sync";

const accessClaims = z.object({ sub: z.string(), dev: z.string(), ws: z.string() });

export function createTokens(keys: readonly TokenKey[], clock: Clock): Tokens {
  const [signing] = keys;
  if (signing === undefined) throw new TypeError("createTokens needs at least one key.");

  const seconds = (): number => Math.floor(clock.now() / 1000);

  async function sign(claims: Record<string, string>, audience: string, lifetimeSeconds: number): Promise<string> {
    return await new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, kid: signing?.keyId ?? "" })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(seconds())
      .setExpirationTime(seconds() + lifetimeSeconds)
      .sign(signing?.secret ?? new Uint8Array());
  }

  async function read(token: string, audience: string) {
    return await jwtVerify(token, (header) => keyFor(keys, header.kid), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate: new Date(clock.now()),
    });
  }

  return {
    async issueAccess(subject) {
      const token = await sign(
        { sub: subject.userId, dev: subject.deviceId, ws: subject.workspaceId },
        "access",
        ACCESS_SECONDS,
      );
      return { token, expiresAt: clock.now() + ACCESS_SECONDS * 1000 };
    },
    async readAccess(token) {
      try {
        const { payload } = await read(token, "access");
        const claims = accessClaims.parse(payload);
        return ok({ userId: claims.sub, deviceId: claims.dev, workspaceId: claims.ws });
      } catch (cause) {
        const expired = cause instanceof Error && "code" in cause && cause.code === "ERR_JWT_EXPIRED";
        return err({
          code: expired ? "SYNC_TOKEN_EXPIRED" : "SYNC_TOKEN_REFUSED",
          op: "authenticate",
          subject: "access token",
          detail: expired ? "the token has expired" : "the token is not ours",
          retry: expired ? "now" : "never",
        });
      }
    },
    issueChallenge: (deviceId) => sign({ sub: deviceId, nonce: crypto.randomUUID() }, "challenge", CHALLENGE_SECONDS),
    async checkChallenge(challenge, deviceId) {
      try {
        const { payload } = await read(challenge, "challenge");
        return payload.sub === deviceId;
      } catch {
        return false;
      }
    },
  };
}

function keyFor(keys: readonly TokenKey[], keyId: string | undefined): Uint8Array {
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw new TypeError("The token names a key that is not in use.");
  return key.secret;
}

import { type AccountStore, ROLES, roleAtLeast } from "@ecolocal/core/community";
import type { Clock, Failure, Result } from "@ecolocal/core/shared";
import * as z from "zod";
import { createAddressLimiter } from "../guard/index.ts";
import type { Identity } from "../service/identity.ts";
import type { JsonAnswer, JsonRoute } from "../service/json-routes.ts";
import { bearerToken } from "../service/upgrade.ts";
import type { Accounts } from "./accounts.ts";

const DAY_MS = 86_400_000;
const shortText = z.string().trim().min(1).max(120);
const keyText = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/);
const idText = z.string().regex(/^[a-z0-9-]{1,64}$/);
const roleText = z.enum(ROLES);

const joinBody = z.strictObject({
  secret: keyText,
  userName: shortText,
  deviceName: shortText,
  publicKey: keyText,
  signature: keyText,
});
const previewBody = z.strictObject({ secret: keyText });
const challengeBody = z.strictObject({ deviceId: idText });
const loginBody = z.strictObject({ deviceId: idText, challenge: z.string().max(2000), signature: keyText });
const inviteBody = z.strictObject({
  role: roleText.default("member"),
  label: z.string().trim().max(120).default(""),
  uses: z.number().int().min(1).max(500).default(1),
  validForDays: z.number().positive().max(90).default(7),
});
const roleBody = z.strictObject({ role: roleText });

/** Failure codes as HTTP answers; everything else is a conflict. */
const STATUS: Readonly<Record<string, number>> = {
  SYNC_TOKEN_REFUSED: 401,
  SYNC_TOKEN_EXPIRED: 401,
  SYNC_ROLE_INSUFFICIENT: 403,
  SYNC_INVITATION_UNKNOWN: 404,
  SYNC_DEVICE_UNKNOWN: 404,
  SYNC_MEMBER_UNKNOWN: 404,
  SYNC_WORKSPACE_UNKNOWN: 404,
  SYNC_INVITATION_EXPIRED: 410,
  SYNC_INVITATION_USED: 410,
};

export interface AccountRouteServices {
  readonly accounts: Accounts;
  readonly store: AccountStore;
  readonly clock: Clock;
}

// Guessing secrets is hopeless, but trying must not be free: a handful of attempts a minute per address.
const ATTEMPTS_PER_SECOND = 0.5;
const ATTEMPT_BURST = 20;

/** The account routes of the service; each checks who asks before it looks at anything else. */
export function createAccountRoutes(services: AccountRouteServices): JsonRoute[] {
  const { accounts, store } = services;
  const attempts = createAddressLimiter(ATTEMPTS_PER_SECOND, ATTEMPT_BURST, services.clock);
  const open = <T>(path: RegExp, schema: z.ZodType<T>, answer: (body: T) => Promise<JsonAnswer>): JsonRoute => ({
    method: "POST",
    path,
    async handle(request, _params, body) {
      if (!attempts(request)) return { status: 429, body: { code: "SYNC_RATE_LIMITED" } };
      const parsed = schema.safeParse(body);
      return parsed.success ? await answer(parsed.data) : malformed(parsed.error);
    },
  });
  const member = memberRoute(accounts);
  return [
    open(/^\/v1\/invitations\/accept$/, joinBody, async (body) => toAnswer(await accounts.join(body))),
    open(/^\/v1\/invitations\/preview$/, previewBody, async ({ secret }) =>
      previewAnswer(await accounts.preview(secret)),
    ),
    open(/^\/v1\/auth\/challenge$/, challengeBody, async (body) => ({
      status: 200,
      body: { challenge: await accounts.challenge(body.deviceId) },
    })),
    open(/^\/v1\/auth\/token$/, loginBody, async (body) =>
      toAnswer(await accounts.login(body.deviceId, body.challenge, body.signature)),
    ),
    member("GET", "members", async ({ workspaceId }) => ({ status: 200, body: await store.listMembers(workspaceId) })),
    member("GET", "devices", async ({ workspaceId }) => ({ status: 200, body: await store.listDevices(workspaceId) })),
    member("GET", "invitations", async (by) =>
      roleAtLeast(by.role, "coordinator")
        ? { status: 200, body: await store.listInvitations(by.workspaceId) }
        : forbidden(),
    ),
    member("GET", "audit", async (by) =>
      roleAtLeast(by.role, "steward") ? { status: 200, body: await store.audit(by.workspaceId, 200) } : forbidden(),
    ),
    member("POST", "invitations", async (by, _id, body) => {
      const parsed = inviteBody.safeParse(body);
      if (!parsed.success) return malformed(parsed.error);
      const { validForDays, ...rest } = parsed.data;
      return toAnswer(
        await accounts.invite(by, { ...rest, workspaceId: by.workspaceId, validForMs: validForDays * DAY_MS }),
      );
    }),
    member("DELETE", "invitations", async (by, id) =>
      roleAtLeast(by.role, "coordinator")
        ? toAnswer(await store.revokeInvitation(by.workspaceId, id, by.userId, services.clock.now()))
        : forbidden(),
    ),
    member("POST", "members", async (by, id, body) => {
      const parsed = roleBody.safeParse(body);
      return parsed.success ? toAnswer(await accounts.changeRole(by, id, parsed.data.role)) : malformed(parsed.error);
    }),
    member("DELETE", "members", async (by, id) => toAnswer(await accounts.removeMember(by, id))),
    member("DELETE", "devices", async (by, id) => toAnswer(await accounts.revokeDevice(by, id))),
  ];
}

/** Only what a newcomer needs to decide; ids of people stay inside. */
function previewAnswer(offer: Awaited<ReturnType<Accounts["preview"]>>): JsonAnswer {
  if (!offer.ok) return toAnswer(offer);
  const { invitation, workspaceName, invitedBy } = offer.value;
  const { role, label, expiresAt, usesLeft } = invitation;
  return { status: 200, body: { groupName: workspaceName, role, label, invitedBy, expiresAt, usesLeft } };
}

function memberRoute(accounts: Accounts) {
  const gatekeeper = accounts.gatekeeper();
  return (
    method: JsonRoute["method"],
    collection: string,
    answer: (by: Identity, id: string, body: unknown) => Promise<JsonAnswer>,
  ): JsonRoute => ({
    method,
    path: new RegExp(`^/v1/workspaces/([a-z0-9-]{1,64})/${collection}(?:/([a-z0-9-]{1,64}))?$`),
    async handle(request, [workspaceId = "", id = ""], body) {
      const token = bearerToken(request);
      const identity = token === null ? null : await gatekeeper.authenticate(token);
      if (identity === null || !identity.ok)
        return { status: 401, body: { code: identity?.error.code ?? "SYNC_TOKEN_REFUSED" } };
      // Another workspace looks exactly like one that does not exist.
      if (identity.value.workspaceId !== workspaceId) return { status: 404, body: { code: "SYNC_NOT_FOUND" } };
      return await answer(identity.value, id, body);
    },
  });
}

function toAnswer(result: Result<unknown, Failure>): JsonAnswer {
  if (result.ok) return { status: 200, body: result.value };
  const { code, detail } = result.error;
  return { status: STATUS[code] ?? 409, body: { code, detail } };
}

function malformed(error: z.ZodError): JsonAnswer {
  const issues = error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  return { status: 400, body: { code: "SYNC_MALFORMED", issues } };
}

function forbidden(): JsonAnswer {
  return { status: 403, body: { code: "SYNC_ROLE_INSUFFICIENT" } };
}

import { ROLES } from "@ecolocal/core/community";
import * as z from "zod";
import type { Store } from "../store/index.ts";
import type { Session } from "./session.ts";

const rosterSchema = z.array(
  z.object({
    /** Empty in a list that an older version kept. */
    userId: z.string().default(""),
    publicKey: z.string(),
    userName: z.string(),
    role: z.enum(ROLES),
    revoked: z.boolean(),
  }),
);

/** A device of the group with its key and the role of its member. */
export type RosterEntry = z.output<typeof rosterSchema>[number];

const ROSTER_KEY = "sync.roster";
const device = z.object({ userId: z.string(), publicKey: z.string(), revokedAt: z.number().nullable() });
const member = z.object({ userId: z.string(), name: z.string(), role: z.enum(ROLES) });

/**
 * Who belongs to the group, from its server, or as last heard while that cannot be reached: what comes by USB stick is
 * judged by it.
 */
export async function readRoster(session: Session | null, store: Store, isOpen: () => boolean): Promise<RosterEntry[]> {
  const fresh = session === null ? null : await askRoster(session);
  // The workspace may have been closed while the server was thinking.
  if (!isOpen()) return fresh ?? [];
  if (fresh === null) return rosterSchema.catch([]).parse(store.settings.get(ROSTER_KEY));
  store.db.write("sync.roster", ROSTER_KEY, () => store.settings.set(ROSTER_KEY, fresh));
  return fresh;
}

export function forgetRoster(store: Store): void {
  store.db.write("sync.roster", ROSTER_KEY, () => store.settings.set(ROSTER_KEY, undefined));
}

async function askRoster({ access, connection, membership }: Session): Promise<RosterEntry[] | null> {
  const path = `/v1/workspaces/${membership().groupId}`;
  const ask = <T>(name: string, answer: z.ZodType<T>) =>
    access.with((token) => connection.json({ method: "GET", path: `${path}/${name}`, token, answer }));
  const devices = await ask("devices", z.array(device));
  if (!devices.ok) return null;
  const members = await ask("members", z.array(member));
  if (!members.ok) return null;
  const byId = new Map(members.value.map((one) => [one.userId, one]));
  return devices.value.flatMap(({ userId, publicKey, revokedAt }) => {
    const owner = byId.get(userId);
    if (owner === undefined) return [];
    return [{ userId, publicKey, userName: owner.name, role: owner.role, revoked: revokedAt !== null }];
  });
}

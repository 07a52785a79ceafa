import { join } from "node:path";
import { ROLES } from "@ecolocal/core/community";
import * as z from "zod";
import { deviceFolder, membershipPath } from "./device-folder.ts";
import { readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.ts";

const membershipSchema = z.object({
  version: z.literal(1),
  /** Base address of the server, `http:` or `https:`. */
  server: z.string(),
  /** The group's id on the server. */
  groupId: z.string(),
  userId: z.string(),
  userName: z.string(),
  deviceId: z.string(),
  deviceName: z.string(),
  role: z.enum(ROLES),
  paused: z.boolean(),
});

/** Which group this device belongs to, and as whom. */
export type Membership = z.output<typeof membershipSchema>;

const tokenSchema = z.object({ token: z.string(), renewAt: z.number(), expiresAt: z.number() });

/** An access token with the times, by this computer's clock, when to renew it and when it is over. */
export type StoredToken = z.output<typeof tokenSchema>;

/** What this device remembers of its group, in files only its user can read. */
export interface MembershipFiles {
  read(): Membership | null;
  write(membership: Membership): void;
  readToken(): StoredToken | null;
  writeToken(token: StoredToken | null): void;
  remove(): void;
}

export function membershipFiles(workspaceDir: string): MembershipFiles {
  const path = membershipPath(workspaceDir);
  const tokenPath = join(deviceFolder(workspaceDir), "token.json");
  const writeToken = (token: StoredToken | null): void => {
    if (token === null) removePrivateFile(tokenPath);
    else writePrivateFile(tokenPath, JSON.stringify(token));
  };
  return {
    read: () => readJson(path, membershipSchema),
    write: (membership) => writePrivateFile(path, `${JSON.stringify(membership, null, 2)}\n`),
    readToken: () => readJson(tokenPath, tokenSchema),
    writeToken,
    remove() {
      removePrivateFile(path);
      writeToken(null);
    },
  };
}

function readJson<T>(path: string, schema: z.ZodType<T>): T | null {
  const text = readPrivateFile(path);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

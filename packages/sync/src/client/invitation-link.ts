import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";

/** Where an invitation leads and the secret that proves it. The secret is in the fragment, which no server sees. */
export interface InvitationLink {
  /** Base address of the server, `http:` or `https:`, without a slash at the end. */
  readonly server: string;
  readonly workspaceId: string;
  readonly secret: string;
}

export type LinkFailure = Failure<"SYNC_LINK_INVALID">;

const WORKSPACE_ID = /^[a-z0-9-]{1,64}$/;
const SECRET = /^[A-Za-z0-9_-]{20,100}$/;
const HTTP_FOR: Readonly<Record<string, string>> = {
  "ws:": "http:",
  "wss:": "https:",
  "http:": "http:",
  "https:": "https:",
};

/** Writes `ecolocal://join?server=…&workspace=…#secret`. */
export function formatInvitationLink({ server, workspaceId, secret }: InvitationLink): string {
  return `ecolocal://join?server=${encodeURIComponent(server)}&workspace=${workspaceId}#${secret}`;
}

/** Reads an invitation link; spaces and line breaks that a chat or a mail put into it do not matter. */
export function parseInvitationLink(text: string): Result<InvitationLink, LinkFailure> {
  const url = parseUrl(text.replaceAll(/\s+/g, ""));
  if (url === null || url.protocol !== "ecolocal:" || (url.host !== "join" && url.pathname !== "//join")) {
    return invalid("It does not begin with ecolocal://join.");
  }
  const server = parseServerAddress(url.searchParams.get("server") ?? "");
  if (!server.ok) return server;
  const workspaceId = url.searchParams.get("workspace") ?? "";
  if (!WORKSPACE_ID.test(workspaceId)) return invalid("It names no group.");
  const secret = url.hash.slice(1);
  if (!SECRET.test(secret)) return invalid("The part after the # is missing or cut off.");
  return ok({ server: server.value, workspaceId, secret });
}

/** Brings the address of a server, as a person or the server itself writes it, into the one form we keep. */
export function parseServerAddress(text: string): Result<string, LinkFailure> {
  const trimmed = text.trim();
  const url = parseUrl(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  const protocol = url === null ? undefined : HTTP_FOR[url.protocol];
  if (url === null || protocol === undefined || url.host === "") return invalid("It holds no address of a server.");
  return ok(`${protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`);
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function invalid(detail: string): { readonly ok: false; readonly error: LinkFailure } {
  return err({
    code: "SYNC_LINK_INVALID",
    op: "read invitation",
    subject: "invitation link",
    detail,
    hint: "Copy the whole link, from ecolocal:// to its end.",
    retry: "after-change",
  });
}

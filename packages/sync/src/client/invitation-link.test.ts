import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInvitationLink, parseInvitationLink, parseServerAddress } from "./index.ts";

const SECRET = "q".repeat(43);

describe("an invitation link", () => {
  it("reads back as it was written, for any group and server", () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.stringMatching(/^[a-z0-9-]{1,64}$/), (address, workspaceId) => {
        const server = parseServerAddress(address);
        if (!server.ok) return;
        const link = { server: server.value, workspaceId, secret: SECRET };
        expect(parseInvitationLink(formatInvitationLink(link))).toEqual({ ok: true, value: link });
      }),
    );
  });

  it("survives the line breaks of a mail, and turns a WebSocket address into one to ask first", () => {
    const link = `ecolocal://join?server=${encodeURIComponent("wss://sync.example.org/")}&\nworkspace=main#${SECRET.slice(0, 20)}\r\n ${SECRET.slice(20)}`;
    expect(parseInvitationLink(link)).toEqual({
      ok: true,
      value: { server: "https://sync.example.org", workspaceId: "main", secret: SECRET },
    });
  });

  it.each([
    ["", "ecolocal://join"],
    ["https://example.org/join#abc", "ecolocal://join"],
    [`ecolocal://join?workspace=main#${SECRET}`, "address of a server"],
    [`ecolocal://join?server=ftp%3A%2F%2Fx&workspace=main#${SECRET}`, "address of a server"],
    [`ecolocal://join?server=https%3A%2F%2Fx#${SECRET}`, "names no group"],
    ["ecolocal://join?server=https%3A%2F%2Fx&workspace=main", "cut off"],
  ])("says what is wrong with %j", (text, finding) => {
    const parsed = parseInvitationLink(text);
    expect(parsed).toMatchObject({ ok: false, error: { code: "SYNC_LINK_INVALID" } });
    expect(parsed.ok ? "" : parsed.error.detail).toContain(finding);
  });
});

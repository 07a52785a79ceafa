import { describe, expect, it } from "vitest";
import { readServerConfig } from "./server-config.ts";

describe("the server's configuration", () => {
  it("has a sensible value for everything", () => {
    expect(readServerConfig([], {})).toMatchObject({
      ok: true,
      value: { host: "127.0.0.1", port: 8787, databaseUrl: null },
    });
  });

  it("takes flags over the environment", () => {
    const config = readServerConfig(["--port", "9000"], { ECOLOCAL_SYNC_PORT: "8000", ECOLOCAL_SYNC_HOST: "0.0.0.0" });
    expect(config).toMatchObject({ ok: true, value: { port: 9000, host: "0.0.0.0" } });
  });

  it("gives a development token on loopback only", () => {
    expect(readServerConfig(["--dev-token", "--host", "0.0.0.0"], {})).toMatchObject({
      ok: false,
      error: { subject: "--dev-token" },
    });
    expect(readServerConfig(["--dev-token"], {}).ok).toBe(true);
  });

  it.each([
    [["--port", "x"], {}, "port"],
    [["--colour", "red"], {}, "flags"],
    [[], { ECOLOCAL_SYNC_DURABILITY: "maybe" }, "durability"],
    [[], { DATABASE_URL_FILE: "/nonexistent/secret" }, "DATABASE_URL_FILE"],
  ])("says which setting is wrong: %j %j", (argv, environment, subject) => {
    expect(readServerConfig(argv, environment)).toMatchObject({
      ok: false,
      error: { code: "SYNC_CONFIG_INVALID", subject },
    });
  });
});

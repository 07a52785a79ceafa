import { describe, expect, it } from "vitest";
import { readCommandLine, readServerConfig } from "./server-config.ts";

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
    [["--public-url", "sync.example.org"], {}, "publicUrl"],
    [[], { DATABASE_URL_FILE: "/nonexistent/secret" }, "DATABASE_URL_FILE"],
  ])("says which setting is wrong: %j %j", (argv, environment, subject) => {
    expect(readServerConfig(argv, environment)).toMatchObject({
      ok: false,
      error: { code: "SYNC_CONFIG_INVALID", subject },
    });
  });
});

describe("the command line", () => {
  const COMMANDS = ["backup", "restore"] as const;

  it("tells a command, its file and its switches from the flags of the server", () => {
    const line = readCommandLine(["restore", "a.ecoarchive", "--replace", "--data", "d"], COMMANDS);
    expect(line).toEqual({
      command: "restore",
      file: "a.ecoarchive",
      replace: true,
      undo: false,
      flags: ["--data", "d"],
    });
  });

  it("takes everything as flags when there is no command", () => {
    expect(readCommandLine(["--port", "1"], COMMANDS)).toMatchObject({ command: null, flags: ["--port", "1"] });
  });

  it("puts backups beside the data, and refuses a key that is no key", () => {
    const config = readServerConfig(["--data", "d"], { ECOLOCAL_SYNC_BACKUP_DIR: "" });
    expect(config).toMatchObject({ ok: true, value: { backup: { directory: "d/backups", everyMs: null, key: null } } });
    expect(readServerConfig([], { ECOLOCAL_SYNC_BACKUP_KEY: "short" })).toMatchObject({
      ok: false,
      error: { code: "SYNC_CONFIG_INVALID", subject: "backupKey" },
    });
  });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFileLog } from "./file-log.ts";
import { redactText } from "./redact.ts";

let dir: string;
const clock = { now: () => Date.UTC(2026, 10, 25, 8) };

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "ecolocal-log-")), "logs");
});

afterEach(() => rmSync(join(dir, ".."), { recursive: true, force: true }));

const log = (change: object = {}) => createFileLog({ dir, program: "agent", correlationId: "run1", clock, ...change });
const lines = (file: string) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

describe("log of a program", () => {
  test("is one JSON line per event with the time, the level and the run it belongs to", () => {
    const { write, file } = log();
    write("warn", "A sensor is silent.", { sensor: "s1" });
    write("debug", "not written");
    expect(lines(file)).toEqual([
      {
        at: "2026-11-25T08:00:00Z",
        level: "warn",
        program: "agent",
        run: "run1",
        message: "A sensor is silent.",
        sensor: "s1",
      },
    ]);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test("holds no secrets, whoever wrote them", () => {
    const { write, file } = log();
    write("error", "broken", {
      token: "abc",
      error: new TypeError("no mqtt://me:geheim@host/a"),
      url: "http://x/#token=T0p",
    });
    const text = readFileSync(file, "utf8");
    for (const secret of ["abc", "geheim", "T0p"]) expect(text).not.toContain(secret);
    expect(redactText("Authorization: Bearer aaa.bbb for a@b.org")).toBe("Authorization: Bearer [hidden] for [e-mail]");
  });

  test("is put aside when it is large, and only so many are kept", () => {
    const { write } = log({ maxBytes: 400, keep: 2 });
    for (let i = 0; i < 30; i++) write("info", `event number ${i}`);
    expect(readdirSync(dir).sort()).toEqual(["agent.1.log", "agent.2.log", "agent.log"]);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(400);
    expect(readFileSync(join(dir, "agent.log"), "utf8")).toContain("event number 29");
  });

  test("goes on in the file of the run before", () => {
    log().write("info", "first");
    log({ correlationId: "run2" }).write("info", "second");
    expect(lines(join(dir, "agent.log"))).toMatchObject([{ run: "run1" }, { run: "run2" }]);
  });

  test("that cannot be written stops nothing and says so", () => {
    writeFileSync(join(dir, "..").concat("/file"), "");
    const broken = createFileLog({ dir: join(dir, "../file"), program: "agent", correlationId: "r", clock });
    expect(() => broken.write("info", "x")).not.toThrow();
    expect(broken.problem()).toMatchObject({ code: "STORAGE_FAILED" });
  });
});

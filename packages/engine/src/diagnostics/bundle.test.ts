import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PortView, SensorView } from "@ecolocal/core/api";
import { describe, expect, test } from "vitest";
import { buildBundle } from "./bundle.ts";
import { createRedactor } from "./privacy.ts";

const SENSOR = {
  id: "01k",
  name: "Annas Balkon",
  place: "Lindenweg 4",
  driverId: "sds011",
  port: "/home/anna/tty",
  state: "waiting",
  problem: {
    code: "SENSING_PORT_LOST",
    op: "read",
    subject: "x",
    detail: "Annas Balkon on 192.168.1.7 is away.",
    retry: "backoff",
  },
  counters: { framesOk: 1, framesBad: 0, bytesDiscarded: 0, reconnects: 2 },
  freshness: "late",
  storeIntervalMs: 1000,
  identity: "58D9",
  channels: [],
} as unknown as SensorView;

const POSTING = {
  path: "push:esp8266-3654427",
  name: "esp8266-3654427 (posts over the network)",
  usb: null,
  likelyDrivers: ["airrohr"],
} as unknown as PortView;

describe("diagnostics archive", () => {
  test("can be unpacked by everyone, and says what happened without saying to whom", async () => {
    const root = mkdtempSync(join(tmpdir(), "ecolocal-bundle-"));
    const logDir = join(root, "logs");
    mkdirSync(logDir);
    writeFileSync(
      join(logDir, "agent.log"),
      '{"message":"lost","port":"/home/anna/x","url":"http://127.0.0.1:9/#token=Geheim123"}\n',
    );
    writeFileSync(join(logDir, "notes.txt"), "private");
    const packed = await buildBundle({
      at: Date.UTC(2026, 10, 25),
      version: "1.0.0",
      checks: [{ name: "sensor Annas Balkon", result: "fail" }],
      status: null,
      sensors: [SENSOR],
      ports: [POSTING],
      logDir,
      privacy: { home: "/home/anna", user: "anna", host: "annas-laptop" },
    });
    writeFileSync(join(root, "bundle.tar.gz"), packed);
    mkdirSync(join(root, "out"));
    execFileSync("tar", ["-xzf", join(root, "bundle.tar.gz"), "-C", join(root, "out")]);
    const files = readdirSync(join(root, "out"), { recursive: true, encoding: "utf8" }).sort();
    const all = files
      .filter((file) => file.includes("."))
      .map((file) => readFileSync(join(root, "out", file), "utf8"))
      .join("\n");
    rmSync(root, { recursive: true });
    expect(files).toEqual([
      "README.txt",
      "checks.json",
      "logs",
      "logs/agent.log",
      "ports.json",
      "sensors.json",
      "system.json",
      "workspace.json",
    ]);
    expect(all).toContain("SENSING_PORT_LOST");
    expect(all).toContain('"reconnects": 2');
    for (const secret of ["Annas", "anna", "Lindenweg", "192.168", "Geheim123", "58D9", "3654427", "private"])
      expect(all).not.toContain(secret);
  });

  test("takes out names however they stand, addresses, keys and coordinates, and nothing else", () => {
    const redact = createRedactor({ home: "/home/bo", user: "bo", host: "pc", names: ["Küche", "K"] });
    expect(
      redact("/home/bo/x Küche at 52.51634, 13.37769 via fe80:1:2:3:4:5:6:7 aa:bb:cc:dd:ee:ff mqtt://u:p@h K"),
    ).toBe("~/x [name] at [place] via [address] [address] mqtt://[address] K");
    const short = createRedactor({ home: "/", user: "al", host: "x", names: ["HA"] });
    expect(short('"sensor HA" of al: THAT is final, READY')).toBe('"sensor [name]" of [name]: THAT is final, READY');
    expect(redact("SENSING_PORT_LOST 21.5 °C at 2026-11-25T08:00:00Z v1.2.3")).toBe(
      "SENSING_PORT_LOST 21.5 °C at 2026-11-25T08:00:00Z v1.2.3",
    );
  });
});

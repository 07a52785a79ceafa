import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseLines, runCli } from "./run-cli.ts";

const GUIDE = new URL("../../../docs/guide/data.md", import.meta.url);
const SETUP_MS = 120_000;

let home: string;

const run = (...args: string[]) => {
  const env = { ECOLOCAL_DATA_DIR: join(home, "data"), ECOLOCAL_CONFIG_DIR: join(home, "config"), TZ: "UTC" };
  return runCli(args, { cwd: home, env });
};

async function json(...args: string[]) {
  const result = await run(...args, "--json");
  expect(result).toMatchObject({ status: 0, stderr: "" });
  return JSON.parse(result.stdout);
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "ecolocal-questions-"));
  expect(await run("demo")).toMatchObject({ status: 0 });
}, SETUP_MS);

afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

/** The commands of the guide, as arguments. */
function commandsOfGuide(): string[][] {
  return [...readFileSync(GUIDE, "utf8").matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, text = ""]) => text.trim().split("\n"))
    .map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "").slice(1));
}

it(
  "the commands of the guide work as printed, and say something",
  async () => {
    const commands = commandsOfGuide();
    expect(commands.length).toBeGreaterThan(12);
    for (const command of commands) {
      const { status, stdout, stderr } = await run(...command);
      expect({ command, status, stderr, saysNothing: stdout.trim() === "" }).toEqual({
        command,
        status: 0,
        stderr: "",
        saysNothing: false,
      });
    }
  },
  SETUP_MS,
);

it("the lines that the guide shows are imported as they stand", async () => {
  const blocks = [...readFileSync(GUIDE, "utf8").matchAll(/```ndjson\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  expect(blocks).toHaveLength(2);
  for (const [i, text] of blocks.entries()) {
    writeFileSync(join(home, `guide-${i}.ndjson`), text);
    const read = await json("data", "import", `guide-${i}.ndjson`, "--dry-run");
    expect(read).toMatchObject({ rowsRead: 2, inserted: i === 0 ? 2 : 3, rejected: 0 });
  }
});

it(
  "a question has the same answer as a document, as lines and as a table, and a plan instead when asked for it",
  async () => {
    const asked = ["data", "histogram", "co2", "--since", "7d", "--bins", "5", "--low", "400", "--high", "900"];
    const { bins } = await json(...asked);
    const lines = parseLines((await run(...asked, "--format", "ndjson")).stdout);
    const inside = (rows: { low: number | null; high: number | null }[]) =>
      rows.map(({ low, high }) => [low, high]).filter(([low, high]) => low !== null && high !== null);
    expect(inside(bins)).toEqual([400, 500, 600, 700, 800].map((low) => [low, low + 100]));
    expect(inside(lines as typeof bins)).toEqual(inside(bins));
    expect((await run(...asked, "--format", "table")).stdout).toContain("█");
    expect(await json(...asked, "--explain")).toMatchObject({ buckets: 5, parts: expect.any(Array) });

    const { hours } = await json("data", "profile", "co2", "--since", "4w");
    expect(hours).toHaveLength(168);
    expect([hours[0].weekday, hours[167].weekday, hours[167].hour]).toEqual(["Mon", "Sun", 23]);

    const { rows } = await json("data", "join", "co2", "Class room/temperature", "--since", "5h", "--every", "1h");
    expect(Object.keys(rows[0])).toEqual(["from", "co2", "temperature@class room"]);
    const { readings } = await json("data", "latest", "co2", "power");
    expect(readings.map(({ quantity }: { quantity: string }) => quantity)).toEqual(["co2", "power"]);
  },
  SETUP_MS,
);

it(
  "a question that makes no sense has an exit code and a next step",
  async () => {
    const wrong: [string[], number, string][] = [
      [["data", "histogram", "co2", "--bins", "0"], 2, "ecolocal data histogram --help"],
      [["data", "histogram", "co2", "--low", "5", "--high", "3"], 2, "must be above low"],
      [["data", "exceedance", "co2"], 2, "required flag above"],
      [["data", "exceedance", "co2", "--above", "much"], 2, "Write a number"],
      [["data", "exceedance", "nothing", "--above", "3"], 4, "sensor list"],
      [["data", "join", "co2", "--since", "520w", "--every", "1s"], 7, "Ask in steps of"],
      [["data", "join", "co2", "--every", "1ms"], 2, "Give --every 1s or more."],
      [["data", "query", "co2", "--since", "99999d"], 2, "between 1970 and 2100"],
      [["data", "query", "co2", "--from", "2025-01-02", "--to", "2025-01-01"], 2, "--from that lies before --to"],
      [["data", "profile", "co2", "--time-zone", "Mars/Base"], 2, "Europe/Berlin"],
      [["data", "total", "co2"], 2, "ecolocal data query co2 --every day"],
    ];
    for (const [command, status, says] of wrong) {
      const result = await run(...command);
      expect({ command, status: result.status, stdout: result.stdout }).toEqual({ command, status, stdout: "" });
      expect(result.stderr).toContain(says);
    }
  },
  SETUP_MS,
);

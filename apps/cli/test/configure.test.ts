import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli, temporaryFolder } from "./run-cli.ts";

/** A workspace with one simulated sensor. */
async function place(driver: string, name: string) {
  const dir = temporaryFolder();
  const env = { ECOLOCAL_DATA_DIR: join(dir, "data"), ECOLOCAL_CONFIG_DIR: join(dir, "config"), TZ: "UTC" };
  const run = (...args: string[]) => runCli(args, { cwd: dir, env });
  await run("init", "--name", "Our street");
  const port = `sim:${driver}?interval=100`;
  const added = await run("sensor", "add", "--driver", driver, "--port", port, "--name", name, "--json");
  return { run, id: (JSON.parse(added.stdout) as { id: string }).id };
}

it("a CO2 sensor is calibrated only by who says yes to the warning, and the bytes can be seen first", async () => {
  const { run } = await place("senseair", "Bedroom");
  const calibrate = ["sensor", "configure", "Bedroom", "--calibrate", "400"];
  const seen = JSON.parse((await run(...calibrate, "--dry-run", "--json")).stdout);
  expect(seen).toMatchObject({ dryRun: true, minutesInFreshAir: 20 });
  expect(seen.bytes[1]).toBe("fe0600017c066cc7");
  const asked = await run(...calibrate);
  expect(asked.status).toBe(2);
  expect(asked.stderr).toContain("outdoor air (about 400 ppm)");
  expect(asked.stderr).toContain("20 minutes");
  expect(JSON.parse((await run(...calibrate, "--yes", "--json")).stdout)).toMatchObject({ confirmed: true });
  const off = await run("sensor", "configure", "Bedroom", "--auto-baseline", "off", "--json");
  expect(JSON.parse(off.stdout)).toMatchObject({ confirmed: true, change: { kind: "baseline", on: false } });
});

it("a dust sensor measures every few whole minutes, and a CO2 sensor cannot rest", async () => {
  const { run, id } = await place("sds011", "Street");
  const update = (every: string) => run("sensor", "update", id, "--measure-every", every, "--json");
  expect(JSON.parse((await update("5m")).stdout).sensor).toMatchObject({ measureEveryMs: 300_000 });
  expect(JSON.parse((await update("always")).stdout).sensor).toMatchObject({ measureEveryMs: 0 });
  expect((await update("90s")).status).toBe(2);
  const co2 = await place("scd30", "Bedroom");
  const refused = await co2.run("sensor", "update", co2.id, "--measure-every", "5m");
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining("SENSING_CANNOT_REST") });
});

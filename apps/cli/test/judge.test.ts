import { ERROR_TABLE } from "@ecolocal/core/api";
import { expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

it("judges values on a named scale, with the band set and its version", async () => {
  const run = await runCli(["index", "us-aqi", "pm25=35.9", "--json"]);
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(JSON.parse(run.stdout)).toMatchObject({
    schemaVersion: 1,
    index: "us-aqi",
    value: 102,
    bandLabel: "Unhealthy for sensitive groups",
    responsible: "pm25",
    bandSet: { id: "us_aqi", version: expect.stringMatching(/^\d{4}/) },
  });
});

it("lists the scales, and what a scale takes", async () => {
  const scales = JSON.parse((await runCli(["index", "--json"])).stdout);
  expect(scales.scales.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(["us-aqi", "eaqi", "daqi", "who", "co2"]),
  );
  const inputs = await runCli(["index", "who", "--format", "csv"]);
  expect(inputs.stdout.split("\n")[0]).toBe("name,aliases,unit,statistic");
  expect(inputs.stdout).toContain("pm25_24h,pm25,ug/m3,mean_24h");
});

it.each([
  [["us-aqi", "pm25"], 2, "JUDGEMENT_INPUT_INVALID"],
  [["us-aqi", "pm25=-3"], 2, "JUDGEMENT_INPUT_INVALID"],
  [["us-aqi", "honey=3"], 2, "JUDGEMENT_INPUT_UNKNOWN"],
  [["moon", "pm25=3"], 4, "JUDGEMENT_INDEX_UNKNOWN"],
])("refuses %j with its code", async (args, status, code) => {
  const run = await runCli(["index", ...args, "--json"]);
  expect(run.status).toBe(status);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code, exit: status, hint: expect.stringMatching(/.+/) } });
});

it("explains every code of the table", async () => {
  const run = await runCli(["explain", "--json"]);
  const { codes } = JSON.parse(run.stdout);
  expect(codes.map(({ code }: { code: string }) => code).sort()).toEqual(Object.keys(ERROR_TABLE).sort());
  for (const { what, todo } of codes) {
    expect(what).toMatch(/\.$/);
    expect(todo).toMatch(/.+/);
  }
});

it("explains one code in any case, with the command that helps", async () => {
  const run = await runCli(["explain", "sensing_port_denied"]);
  expect(run.status).toBe(0);
  expect(run.stdout).toContain("usermod -aG dialout");
});

it("suggests the code that was meant", async () => {
  const run = await runCli(["explain", "SENSING_PORT_DENYED"]);
  expect(run).toMatchObject({ status: 4, stdout: "" });
  expect(run.stderr).toContain("ecolocal explain SENSING_PORT_DENIED");
});

import { readFileSync } from "node:fs";
import { loadCatalogue } from "@ecolocal/messages";
import { describe, expect, it } from "vitest";
import { runCli } from "./run-cli.ts";

interface Manifest {
  readonly commands: Readonly<Record<string, ManifestCommand>>;
}
type Described = Readonly<Record<string, { readonly summary?: string; readonly description?: string }>>;
interface ManifestCommand {
  readonly summary?: string;
  readonly flags: Described;
  readonly args: Described;
}

const manifest: Manifest = JSON.parse(readFileSync(new URL("../oclif.manifest.json", import.meta.url), "utf8"));
const help = await loadCatalogue("en", ["help"]);
const own = Object.entries(manifest.commands).filter(([id]) => id !== "autocomplete" && id !== "help");

describe("the language of the command line", () => {
  it("is the one that --language names, before that of the environment", async () => {
    const env = { LC_ALL: "fr_FR.UTF-8" };
    const german = await runCli(["sensor", "drivers", "--format", "table", "--language", "de"], { env });
    expect(german.stdout).toContain("TREIBER");
    expect(german.stdout).toContain("Feinstaubsensor");
    const french = await runCli(["sensor", "drivers", "--format", "table"], { env });
    expect(french.stdout).toContain("Capteur de poussières fines");
  });

  it("changes nothing for programs: keys, headers of TSV and values stay", async () => {
    const read = (...more: string[]) => runCli(["sensor", "drivers", ...more], { env: { LC_ALL: "de_DE.UTF-8" } });
    expect((await read("--format", "tsv")).stdout.split("\n")[0]).toBe("id\ttitle\tquantities\tsummary");
    expect(JSON.parse((await read("--json")).stdout).drivers[0].title).toBe("Nova SDS011 fine dust sensor");
  });

  it("is that of the help, too", async () => {
    const { stdout } = await runCli(["sensor", "scan", "--help", "--language", "es"]);
    expect(stdout).toContain("OPCIONES COMUNES");
    expect(stdout).toContain("Escuchar los puertos libres");
    const topics = await runCli(["--help"], { env: { LC_ALL: "de_AT.UTF-8" } });
    expect(topics.stdout).toContain("Messwerte: abfragen, importieren und exportieren.");
  });

  it("is refused when nobody speaks it here", async () => {
    const { status, stderr } = await runCli(["status", "--language", "tlh"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--language");
  });
});

describe("the translated help", () => {
  it("knows every command", () => {
    const keys = own.map(([id]) => `help.${id.replaceAll(":", ".")}`);
    expect(keys.filter((key) => help[key] === undefined)).toEqual([]);
  });

  it("says in English what the commands say", () => {
    const texts = own.flatMap(([id, { summary, flags, args }]) => {
      const key = `help.${id.replaceAll(":", ".")}`;
      return [
        [key, summary],
        ...Object.entries(flags).map(([name, flag]) => [`${key}.flag.${name}`, flag.summary ?? flag.description]),
        ...Object.entries(args).map(([name, arg]) => [`${key}.arg.${name}`, arg.description]),
      ] as const;
    });
    expect(texts.filter(([key, text]) => help[key ?? ""] !== undefined && help[key ?? ""] !== text)).toEqual([]);
    const known = new Set(texts.map(([key]) => key));
    const common = /^help\.(heading|topic|flag|arg)\./;
    expect(Object.keys(help).filter((id) => !common.test(id) && !known.has(id))).toEqual([]);
  });
});

import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findPart, type Part, provideSystemParts } from "../lib/test/system-parts.mjs";
import { temporaryFolder } from "./temporary.ts";

const PART: Part = {
  name: "harp",
  why: "music needs it",
  commands: ["harp"],
  variable: "MY_HARP",
  packages: ["harp-player"],
};

function executable(dir: string, name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

test("a part is found on the PATH or where its variable says", () => {
  const dir = temporaryFolder();
  expect(findPart(PART, { PATH: dir })).toBeUndefined();
  const harp = executable(dir, "harp", "#!/bin/sh\n");
  expect(findPart(PART, { PATH: dir })).toBe(harp);
  expect(findPart(PART, { PATH: "", MY_HARP: harp })).toBe(harp);
});

test("with --no-install a missing part is named, with how to get it, and nothing is run", () => {
  const dir = temporaryFolder();
  executable(dir, "apt-get", `#!/bin/sh\ntouch ${dir}/was-run\n`);
  const said: string[] = [];
  const { missing } = provideSystemParts({
    install: false,
    env: { PATH: dir },
    say: (text) => said.push(text),
    parts: [PART],
  });
  expect(missing).toHaveLength(1);
  expect(missing[0]?.detail).toContain("apt-get install -y --no-install-recommends harp-player");
  expect(said).toEqual([]);
  expect(() => readFileSync(join(dir, "was-run"))).toThrow("ENOENT");
});

test("where apt may be used, it is said first what is installed", (context) => {
  context.skip(process.getuid?.() !== 0, "only root installs without asking");
  const dir = temporaryFolder();
  executable(
    dir,
    "apt-get",
    `#!/bin/sh\n[ "$1" = install ] && printf '#!/bin/sh\\n' > ${dir}/harp && /bin/chmod +x ${dir}/harp\nexit 0\n`,
  );
  const said: string[] = [];
  const { missing } = provideSystemParts({
    install: true,
    env: { PATH: dir },
    say: (text) => said.push(text),
    parts: [PART],
  });
  expect(missing).toEqual([]);
  expect(said[0]).toContain("Installing through apt: harp-player");
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { acquireLock } from "../lib/setup/lock.mjs";
import { isGone, temporaryFolder } from "./temporary.ts";

const LOCK_MODULE = new URL("../lib/setup/lock.mjs", import.meta.url).href;

function startHolder(path: string, body: string): ChildProcess {
  const program = `import { acquireLock } from ${JSON.stringify(LOCK_MODULE)};
    const lock = await acquireLock(${JSON.stringify(path)});
    console.log("held");
    ${body}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function said(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data");
  return String(chunk).trim();
}

test("a lock whose holder was killed with -9 is taken over", async () => {
  const path = join(temporaryFolder(), "install.lock");
  const holder = startHolder(path, "setInterval(() => {}, 1000);");
  expect(await said(holder)).toBe("held");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const lock = await acquireLock(path);
  lock.release();
  expect(existsSync(path)).toBe(false);
});

test("a second start waits until the first releases the lock", async () => {
  const path = join(temporaryFolder(), "install.lock");
  const order: string[] = [];
  const first = await acquireLock(path);
  const waiting = acquireLock(path, { onWait: (holder) => order.push(`waits for ${holder.pid}`) }).then((lock) => {
    order.push("second");
    return lock;
  });
  await expect.poll(() => order).toContain(`waits for ${process.pid}`);
  order.push("first releases");
  first.release();
  (await waiting).release();
  expect(order).toEqual([`waits for ${process.pid}`, "first releases", "second"]);
});

test("the lock stays held while the installer of a killed launcher still runs", async () => {
  const path = join(temporaryFolder(), "install.lock");
  const body = `const { spawn } = await import("node:child_process");
    const installer = spawn(process.execPath, ["-e", "setTimeout(() => {}, 1500)"], { stdio: "ignore" });
    lock.coverChild(installer.pid);
    console.log(installer.pid);
    setInterval(() => {}, 1000);`;
  const holder = startHolder(path, body);
  await said(holder);
  const installerPid = Number(await said(holder));
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const lock = await acquireLock(path);
  expect(isGone(installerPid)).toBe(true);
  lock.release();
});

test("of several starts that find a dead holder's lock, one at a time gets it", async () => {
  const path = join(temporaryFolder(), "install.lock");
  writeFileSync(path, JSON.stringify({ token: "dead", pid: 2 ** 30, host: hostname() }));
  let inside = 0;
  let most = 0;
  const start = async () => {
    const lock = await acquireLock(path);
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 30));
    inside -= 1;
    lock.release();
  };
  await Promise.all(Array.from({ length: 6 }, start));
  expect(most).toBe(1);
});

test("a lock file that nobody can read counts as left behind", async () => {
  const path = join(temporaryFolder({ "install.lock": "{ half" }), "install.lock");
  (await acquireLock(path)).release();
});

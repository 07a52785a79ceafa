import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly data: unknown;
}

/**
 * One app per profile: the first process holds a file with its number, later ones leave a note for it and go.
 *
 * Everything is synchronous, because `app.requestSingleInstanceLock` is.
 */
export function takeInstanceLock(
  userData: string,
  own: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): boolean {
  mkdirSync(userData, { recursive: true });
  const lock = join(userData, "instance.lock");
  const notes = join(userData, "second-instances");
  mkdirSync(notes, { recursive: true });
  if (isHeld(lock)) {
    const note = join(notes, String(process.pid));
    writeFileSync(note, JSON.stringify(own));
    renameSync(note, `${note}.json`);
    return false;
  }
  writeFileSync(lock, String(process.pid));
  const watcher = watch(notes, () => {
    for (const name of readdirSync(notes).filter((note) => note.endsWith(".json"))) {
      const note = join(notes, name);
      onSecond(JSON.parse(readFileSync(note, "utf8")) as SecondInstance);
      rmSync(note);
    }
  });
  watcher.unref();
  return true;
}

function isHeld(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, "utf8"));
    process.kill(holder, 0);
    return holder !== process.pid;
  } catch {
    return false;
  }
}

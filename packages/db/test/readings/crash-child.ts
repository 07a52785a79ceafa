/**
 * A process that ingests and seals until it is killed: run by crash.test.ts.
 *
 * Reading number k of the run is the same in every process, so that the parent can tell what must be there. After
 * each durable batch it says on stdout how many readings are acknowledged.
 */
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { crashReading, crashStart } from "./crash-plan.ts";
import { channelOf, openStore } from "./open.ts";

// The process is always killed, never ended: what it compiled is only kept for the next one if it is written now.
flushCompileCache();

const BATCH = 40;
const [file, first] = process.argv.slice(2);
if (!file || first === undefined) {
  throw new TypeError("crash-child needs a database file and the number of the first reading.");
}

const { store, clock } = openStore(crashStart(0), file);
for (const id of ["s0", "s1", "s2", "s3"]) {
  store.registerChannel(channelOf(id));
}
for (let k = Number(first), batches = 1; ; k += BATCH, batches++) {
  const readings = Array.from({ length: BATCH }, (_, i) => crashReading(k + i));
  clock.at = crashStart(k) + 3 * 86_400_000;
  const result = store.append(readings);
  if (!result.ok || result.value.refused.length > 0) {
    throw new TypeError(`The batch was not taken: ${JSON.stringify(result)}`);
  }
  writeSync(1, `${k + BATCH}\n`);
  if (batches % 25 === 0) {
    store.compactStep(50);
    writeSync(1, "compacted\n");
  }
}

import { DRIVERS, type DriverSpec } from "../../packages/core/src/sensing/index.ts";
import { atLeast, type Benchmark, type BenchOptions } from "../lib/record.ts";
import { type Contender, interleaved } from "../lib/timing.ts";
import { PEERS } from "./peers.ts";
import { decodeOurs, streamOf } from "./streams.ts";

const BYTES = { quick: 250_000, usual: 2_000_000, full: 8_000_000 };
const ROUNDS = { quick: 3, usual: 9, full: 15 };
const PROMISED_MB_S = 10;
const OURS = "EcoLocal";
const OURS_WITH_RAW = "EcoLocal with raw fields";
const NOTE = "readings and checks as they are stored; raw fields are made when asked for, as in the next line";

/** Bytes of every simulated device through its decoder in chunks of a serial port, on one core, beside parsers of npm. */
export const benchmark: Benchmark = {
  title: "Decoding of sensors",
  async run(options) {
    for (const driver of DRIVERS) {
      options.say(driver.id);
      await decodeBeside(driver, options);
    }
  },
};

async function decodeBeside(driver: DriverSpec, { scale, report, say }: BenchOptions): Promise<void> {
  const made = streamOf(driver, BYTES[scale]);
  if (made === null) return say(`${driver.id} has no simulator`);
  const { stream, frames } = made;
  const peers = PEERS.filter(({ driverId }) => driverId === driver.id);
  const all = [
    { name: OURS, decode: (bytes: Uint8Array) => decodeOurs(driver, bytes) },
    { name: OURS_WITH_RAW, decode: (bytes: Uint8Array) => decodeOurs(driver, bytes, true) },
    ...peers,
  ];
  for (const { name, decode } of all) {
    const found = decode(stream);
    // Who reads less is not faster.
    if (found < frames * 0.99) throw new TypeError(`${name} read ${found} of ${frames} frames of ${driver.id}.`);
  }
  const contenders = all.map(({ name, decode }): Contender => ({ name, run: () => decode(stream) }));
  const costs = await interleaved(contenders, ROUNDS[scale]);
  const speed = (name: string): number => stream.length / (costs.get(name)?.cpuMs ?? Number.NaN) / 1000;
  const shared = { unit: "MB/s", better: "larger" } as const;
  const target = atLeast(1);
  const ours = speed(OURS);
  report({
    ...shared,
    target,
    measure: `decode ${driver.id}`,
    ours,
    peer: PROMISED_MB_S,
    peerName: "what is promised",
  });
  for (const { name, partial } of peers) {
    const measure = `decode ${driver.id} beside ${name}`;
    const beside = { ...shared, peer: speed(name), peerName: name };
    report({ ...beside, measure, ours, note: NOTE, ...(partial ? {} : { target }) });
    report({ ...beside, measure: `${measure}, with raw fields`, ours: speed(OURS_WITH_RAW) });
  }
}

/** Serves year charts from a finished store and prints by how many megabytes resident memory grew at most. */
import { forgetPeak, peakBytes } from "./resident.ts";
import { CHANNELS, openOurs } from "./stores/ours.ts";

const [file, from, to] = process.argv.slice(2).map((argument, i) => (i === 0 ? argument : Number(argument)));
const range = { from: Number(from), to: Number(to) };
const { store } = openOurs(String(file), { at: range.to });
globalThis.gc?.();
forgetPeak();
const before = process.memoryUsage().rss;
for (let round = 0; round < 25; round++) {
  for (const channelId of CHANNELS) {
    store.downsample({ channelId, ...range, points: 1000 });
    store.downsample({ channelId, ...range, points: 1000, align: "hour" });
    store.aggregate({ channelId, ...range, period: { unit: "day", timeZone: "Europe/Berlin" } });
  }
}
process.stdout.write(String((peakBytes() - before) / 2 ** 20));

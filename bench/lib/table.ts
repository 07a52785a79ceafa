import type { MeasureLine } from "./record.ts";

/** One result as a line of text for people. */
export function tableRow(line: MeasureLine): string {
  const verdict = line.ok === null ? "      " : line.ok ? "ok    " : "MISSED";
  const ratio = line.ratio === null ? "" : `${line.ratio} ×`;
  const target = line.target ? `(target ${line.target})` : "";
  const peer = line.peer === null ? `${line.peerName}: not measured` : `${line.peerName} ${line.peer}`;
  const note = line.note ? `  ${line.note}` : "";
  return `${verdict} ${line.measure.padEnd(52)} ${line.ours} ${line.unit}, ${peer}  ${ratio} ${target}${note}\n`;
}

/** Counts of targets met, missed and without a peer. */
export function tableSummary(lines: readonly MeasureLine[]): string {
  const met = lines.filter((line) => line.ok === true).length;
  const missed = lines.filter((line) => line.ok === false);
  const open = lines.filter((line) => line.ok === null && line.target !== null).length;
  const list = missed.map((line) => `  ${line.bench}: ${line.measure} ${line.ratio} × (target ${line.target})\n`);
  return `\n${met} targets met, ${missed.length} missed, ${open} without a peer to compare with\n${list.join("")}`;
}

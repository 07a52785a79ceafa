import type { ChannelView, ProjectView, SensorView, TaskView } from "@ecolocal/core/api";
import { CliFailure, usageFailure } from "../failure/cli-failure.ts";
import { nearestOf } from "../input/nearest.ts";

interface Findable {
  readonly id: string;
}

/** What is looked for, in words for the failure. */
interface Search<Item extends Findable> {
  readonly code: "SENSOR_NOT_FOUND" | "CHANNEL_NOT_FOUND" | "PROJECT_NOT_FOUND" | "TASK_NOT_FOUND";
  readonly noun: string;
  readonly items: readonly Item[];
  /** Names under which an item may be typed, besides its id. */
  readonly names: (item: Item) => readonly string[];
}

/** Finds the one thing a person means by an id, a unique beginning of it, or a name in any case. */
function findOne<Item extends Findable>(typed: string, { code, noun, items, names }: Search<Item>): Item {
  const word = typed.trim().toLowerCase();
  const exact = items.filter((item) => item.id.toLowerCase() === word || named(names(item), word));
  const matches =
    exact.length > 0 || word.length < 4 ? exact : items.filter((item) => item.id.toLowerCase().startsWith(word));
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  if (matches.length > 1) {
    const ids = matches.map((item) => `${item.id} (${names(item)[0] ?? ""})`).join(", ");
    throw usageFailure("find", typed, `More than one ${noun} answers to "${typed}".`, `Use an id: ${ids}`);
  }
  const nearest = nearestOf(
    word,
    items.flatMap((item) => names(item).map((name) => name.toLowerCase())),
  );
  throw new CliFailure({
    code,
    op: "find",
    subject: typed,
    detail: `There is no ${noun} "${typed}".`,
    ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
    retry: "after-change",
  });
}

function named(names: readonly string[], word: string): boolean {
  return names.some((name) => name.toLowerCase() === word);
}

export function findSensor(typed: string, items: readonly SensorView[]): SensorView {
  return findOne(typed, { code: "SENSOR_NOT_FOUND", noun: "sensor", items, names: ({ name, port }) => [name, port] });
}

/** Channels answer to their quantity, `quantity@place`, and `sensor/quantity`, with the channel key where there is one. */
export function findChannel(typed: string, items: readonly ChannelView[]): ChannelView {
  return findOne(typed, { code: "CHANNEL_NOT_FOUND", noun: "channel", items, names: channelNames });
}

export function channelNames(channel: ChannelView): readonly string[] {
  const quantity = channel.key === "" ? channel.quantity : `${channel.quantity}/${channel.key}`;
  return [
    quantity,
    ...(channel.place === "" ? [] : [`${quantity}@${channel.place}`]),
    ...(channel.sensorName === "" ? [] : [`${channel.sensorName}/${quantity}`]),
  ];
}

export function findProject<P extends Findable & { readonly title: string }>(typed: string, items: readonly P[]): P {
  return findOne(typed, { code: "PROJECT_NOT_FOUND", noun: "project", items, names: ({ title }) => [title] });
}

/** Tasks answer to their number in the list as well. */
export function findTask(typed: string, project: ProjectView): TaskView {
  const byNumber = /^\d{1,3}$/.test(typed) ? project.tasks[Number(typed) - 1] : undefined;
  if (byNumber !== undefined) return byNumber;
  return findOne(typed, { code: "TASK_NOT_FOUND", noun: "task", items: project.tasks, names: ({ name }) => [name] });
}

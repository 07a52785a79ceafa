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

/** Fewer letters than this are taken as a whole name only. */
const SHORTEST_BEGINNING = 3;

/** Finds the one thing a person means by an id or a name, in any case, or by a beginning that only one has. */
function findOne<Item extends Findable>(typed: string, search: Search<Item>): Item {
  const { noun, items, names } = search;
  const word = typed.trim().toLowerCase();
  const words = (item: Item) => [item.id, ...names(item)].map((name) => name.toLowerCase());
  const exact = items.filter((item) => words(item).includes(word));
  const begun =
    word.length < SHORTEST_BEGINNING ? [] : items.filter((item) => words(item).some((name) => name.startsWith(word)));
  const matches = exact.length > 0 ? exact : begun;
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  if (matches.length > 1) {
    const ids = matches.map((item) => `${item.id} (${names(item).at(-1) ?? ""})`).join(", ");
    throw usageFailure("find", typed, `More than one ${noun} answers to "${typed}".`, `Use an id: ${ids}`);
  }
  throw notFound(typed, search);
}

function notFound<Item extends Findable>(typed: string, { code, noun, items, names }: Search<Item>): CliFailure {
  const known = items.flatMap((item) => names(item).map((name) => name.toLowerCase()));
  const nearest = nearestOf(typed.trim().toLowerCase(), known);
  return new CliFailure({
    code,
    op: "find",
    subject: typed,
    detail: `There is no ${noun} "${typed}".`,
    ...(nearest === undefined ? {} : { hint: `Did you mean "${nearest}"?` }),
    retry: "after-change",
  });
}

export function findSensor(typed: string, items: readonly SensorView[]): SensorView {
  return findOne(typed, { code: "SENSOR_NOT_FOUND", noun: "sensor", items, names: ({ name, port }) => [name, port] });
}

/** Channels answer to their quantity, `quantity@place`, and `sensor/quantity`, with the channel key where there is one. */
export function findChannel(typed: string, items: readonly ChannelView[]): ChannelView {
  return findOne(typed, { code: "CHANNEL_NOT_FOUND", noun: "channel", items, names: channelNames });
}

function channelNames(channel: ChannelView): readonly string[] {
  const quantity = channel.key === "" ? channel.quantity : `${channel.quantity}/${channel.key}`;
  return [
    quantity,
    ...(channel.place === "" ? [] : [`${quantity}@${channel.place}`]),
    ...(channel.sensorName === "" ? [] : [`${channel.sensorName}/${quantity}`]),
  ];
}

/** The first of a channel's names that no other channel answers to, or its id. */
export function uniqueChannelName(channel: ChannelView, all: readonly ChannelView[]): string {
  const isOnly = (name: string): boolean => all.filter((other) => channelNames(other).includes(name)).length === 1;
  return channelNames(channel).find(isOnly) ?? channel.id;
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

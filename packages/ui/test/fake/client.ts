/** An engine in memory that answers with synthetic data: for screenshots and component work, never shipped. */
import type { ChangeTopic, Contract, HostContract, WorkspaceStatus } from "@ecolocal/core/api";
import { type In, type LinkState, RpcError } from "@ecolocal/core/api/rpc";
import type { EngineClient } from "../../src/client/index.ts";
import { fakeBackups } from "./backups.ts";
import { ideaDetail, ideaList } from "./ideas.ts";
import { fakeId } from "./ids.ts";
import { fakeNotices } from "./notices.ts";
import { FakeProjects } from "./projects.ts";
import { referenceChannels, sensingHandlers } from "./sensing.ts";
import { channels, DRIVERS, homeCards, PORTS, sensors, seriesFor } from "./sensors.ts";
import { fakeBuckets, fakeHistogram, fakeProfile } from "./series.ts";
import { streams } from "./streams.ts";

export type Scenario = "normal" | "empty" | "read-only" | "demo" | "lost" | "refused" | "failing" | "long";

type Handlers = { readonly [K in keyof HostContract]?: (input: never) => unknown };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export function createFakeClient(scenario: Scenario, now: number = Date.now()): EngineClient {
  const projects = new FakeProjects(now);
  const changed = new Set<(topics: ChangeTopic[]) => void>();
  const notify = (...topics: ChangeTopic[]): void => {
    for (const listener of changed) listener(topics);
  };
  const dismissed = new Map<string, string>();
  const handlers: Handlers = createHandlers(scenario, now, { projects, notify, dismissed });
  return {
    async call(procedure: keyof HostContract, input: unknown) {
      await sleep(15);
      if (scenario === "failing" && procedure !== "workspace.status") throw storageFailed(procedure);
      const handler = handlers[procedure];
      if (handler === undefined) throw new Error(`The fake engine has no ${procedure}.`);
      return handler(input as never) as never;
    },
    stream(procedure: keyof HostContract, input: unknown, options?: { signal?: AbortSignal }) {
      return streams(procedure, input, { now, changed, signal: options?.signal, empty: scenario === "empty" }) as never;
    },
    state: () => stateOf(scenario),
    onState(listener: (state: LinkState) => void) {
      listener(stateOf(scenario));
      return () => undefined;
    },
  } as EngineClient;
}

const STATES: Partial<Record<Scenario, LinkState>> = {
  lost: {
    kind: "lost",
    reason: { code: "LINK_LOST", op: "connect", subject: "engine", detail: "gone", retry: "backoff" },
  },
  refused: {
    kind: "refused",
    reason: {
      code: "SERVE_TOKEN_REFUSED",
      op: "connect",
      subject: "engine",
      detail: "This tab has no valid access token.",
      retry: "after-change",
    },
  },
};
const OPEN: LinkState = { kind: "open", app: "fake" };
const stateOf = (scenario: Scenario): LinkState => STATES[scenario] ?? OPEN;

function storageFailed(op: string): RpcError {
  return new RpcError({
    code: "STORAGE_FAILED",
    op,
    subject: "workspace.sqlite",
    detail: "SQLITE_IOERR: disk I/O error",
    retry: "never",
  });
}

interface FakeState {
  readonly projects: FakeProjects;
  readonly notify: (...topics: ChangeTopic[]) => void;
  readonly dismissed: Map<string, string>;
}

function createHandlers(scenario: Scenario, now: number, { projects, notify, dismissed }: FakeState): Handlers {
  const empty = scenario === "empty";
  const removed = new Set<string>();
  const renamed = new Map<string, { name?: string; place?: string }>();
  const listSensors = () =>
    (empty ? [] : sensors(now))
      .filter(({ id }) => !removed.has(id))
      .map((sensor) => ({ ...sensor, ...renamed.get(sensor.id) }));
  const ideas = () =>
    (empty ? [] : ideaList(now)).map((idea) => {
      const reason = dismissed.get(idea.id);
      return reason === undefined
        ? idea
        : { ...idea, feedback: { kind: "dismissed" as const, reason, at: now, projectId: null } };
    });
  const sensorById = ({ sensorId }: { sensorId: string }) => {
    const found = sensors(now).find(({ id }) => id === sensorId);
    if (found === undefined)
      throw new RpcError({
        code: "SENSOR_NOT_FOUND",
        op: "sensor.get",
        subject: sensorId,
        detail: "No such sensor.",
        retry: "never",
      });
    return { ...found, ...renamed.get(sensorId) };
  };
  return {
    "workspace.status": () => status(scenario, now),
    "workspace.list": () => [
      {
        path: "/home/ada/air",
        name: status(scenario, now).name,
        kind: "own",
        openedAt: now,
        isCurrent: scenario !== "demo",
      },
      { path: "/home/ada/demo", name: "Demo", kind: "demo", openedAt: null, isCurrent: scenario === "demo" },
    ],
    "workspace.backups": () => [],
    "backup.plan": () => ({ folder: "/home/ada/air/backups", isDaily: true }),
    "backup.configure": ({ isDaily }: In<Contract, "backup.configure">) => ({
      folder: "/home/ada/air/backups",
      isDaily,
    }),
    "data.annotations": () => [],
    "data.storage": () => ({
      bytes: 1_402_000,
      bytesPerYear: 4_300_000,
      compressionPaused: false,
      channels: empty
        ? []
        : channels(now).map(({ id }) => ({
            channelId: id,
            readings: 128_409,
            unsealed: 300,
            bytes: 91_400,
            bytesPerReading: 0.7,
            firstAt: now - 90 * 86_400_000,
            lastAt: now,
            bytesPerYear: 373_800,
          })),
    }),
    "notice.list": () => (empty ? [] : fakeNotices(now)),
    "notice.settings": () => ({ quiet: { from: "22:00", to: "07:00" }, muted: [] }),
    "data.retentionPolicies": () => ({ keepDays: null, channels: [], lastRun: null }),
    "backup.list": () => (empty ? [] : fakeBackups(now)),
    "workspace.configure": () => status(scenario, now),
    "demo.reset": () => status(scenario, now),
    "home.overview": () => ({
      headline: {
        id: "fake.h",
        values: {},
        text: empty
          ? "Nothing is measured yet."
          : "Air in the kitchen is fresh now; it was stuffy for three hours yesterday evening.",
      },
      support: {
        id: "fake.s",
        values: {},
        text: empty ? "Your first sensor takes about three minutes." : "Three sensors are reading. One needs a look.",
      },
      cards: empty ? [] : homeCards(now),
      topIdea: empty
        ? null
        : {
            id: "air.ventilation-routine",
            title: "Air the class room five minutes each lesson",
            why: {
              id: "fake.w",
              values: {},
              text: "CO₂ was above 1,400 ppm for 11 hours last week. Groups that did this brought it down to 2–4 hours.",
            },
            confidence: "medium",
          },
      projectsActive: empty ? 0 : 2,
    }),
    ...sensingHandlers(now),
    "port.list": () => PORTS,
    "driver.list": () => DRIVERS,
    "sensor.list": listSensors,
    "sensor.get": sensorById,
    "sensor.add": () => sensors(now)[0],
    "sensor.update": ({ sensorId, name, place }: In<Contract, "sensor.update">) => {
      renamed.set(sensorId, { ...(name === undefined ? {} : { name }), ...(place === undefined ? {} : { place }) });
      notify("sensors");
      return sensorById({ sensorId });
    },
    "sensor.remove": ({ sensorId }: { sensorId: string }) => {
      removed.add(sensorId);
      notify("sensors");
      return sensorById({ sensorId });
    },
    "sensor.restore": ({ sensorId }: { sensorId: string }) => {
      removed.delete(sensorId);
      notify("sensors");
      return sensorById({ sensorId });
    },
    "sensor.retry": sensorById,
    "channel.list": () => (empty ? [] : [...channels(now), ...referenceChannels(channels(now))]),
    "data.downsample": ({ channelId, from, to, points }: In<Contract, "data.downsample">) =>
      fakeBuckets(seriesFor(channelId), from, to, points, now),
    "data.profile": ({ channelId, from, to }: In<Contract, "data.profile">) =>
      fakeProfile(seriesFor(channelId), from, to, now),
    "data.histogram": ({ channelId, from, to, bins }: In<Contract, "data.histogram">) =>
      fakeHistogram(seriesFor(channelId), from, to, bins, now),
    "data.aggregate": ({ channelId, from, to }: In<Contract, "data.aggregate">) =>
      fakeBuckets(seriesFor(channelId), from, to, 30, now),
    "data.importBegin": ({ fileName }: In<Contract, "data.importBegin">) => {
      if (fileName.includes("unknown")) {
        throw new RpcError({
          code: "IMPORT_COLUMNS_UNKNOWN",
          op: "data.import",
          subject: "when, what",
          detail: "The file has: when, what.",
          retry: "after-change",
        });
      }
      return { importId: fakeId("import"), resumesAt: null };
    },
    "data.importChunk": ({ importId, last }: In<Contract, "data.importChunk">) => ({
      importId,
      rowsRead: 1440,
      inserted: 1402,
      corrected: 0,
      unchanged: 30,
      rejected: 8,
      problems: [{ row: 17, code: "IMPORT_ROW_VALUE_INVALID", reason: "“n/a” is no number." }],
      channels: [fakeId("co2")],
      done: last,
    }),
    "judgement.list": () =>
      empty
        ? []
        : homeCards(now).map(({ channelId, judgement }) => ({ channelId, judgements: judgement ? [judgement] : [] })),
    "metric.list": () => [
      {
        id: "sealed_m2",
        name: "Sealed ground",
        unit: "m2",
        kind: "manual",
        boundTo: "nothing",
        channelId: null,
        manual: null,
        usedBy: ["heat.depave"],
      },
    ],
    "metric.setManual": () => ({
      id: "sealed_m2",
      name: "Sealed ground",
      unit: "m2",
      kind: "manual",
      boundTo: "manual",
      channelId: null,
      manual: { value: 250, at: now },
      usedBy: ["heat.depave"],
    }),
    "recommendation.list": ({ includeDismissed }: In<Contract, "recommendation.list">) =>
      ideas().filter((idea) => includeDismissed || idea.feedback === null),
    "recommendation.get": ({ id, assumptions }: In<Contract, "recommendation.get">) => {
      const found = ideaDetail(id, now, (assumptions?.["gain"]?.likely ?? 20) / 20);
      if (found === undefined)
        throw new RpcError({
          code: "RECOMMENDATION_NOT_FOUND",
          op: "recommendation.get",
          subject: id,
          detail: "No such idea.",
          retry: "never",
        });
      return { ...found, feedback: ideas().find((idea) => idea.id === id)?.feedback ?? null };
    },
    "recommendation.accept": () => {
      const project = projects.accept();
      notify("projects", "recommendations");
      return project;
    },
    "recommendation.dismiss": ({ id, reason }: In<Contract, "recommendation.dismiss">) => {
      dismissed.set(id, reason);
      notify("recommendations");
      return ideas().find((idea) => idea.id === id);
    },
    "recommendation.reconsider": ({ id }: { id: string }) => {
      dismissed.delete(id);
      notify("recommendations");
      return ideas().find((idea) => idea.id === id);
    },
    "project.list": () => (empty ? [] : projects.list()),
    "project.get": ({ projectId }: { projectId: string }) => projects.get(projectId),
    "project.setTaskStatus": ({ projectId, taskId, status }: In<Contract, "project.setTaskStatus">) => {
      const answer = projects.setStatus(projectId, taskId, status);
      notify("projects");
      return answer;
    },
    "project.remove": ({ projectId }: { projectId: string }) => {
      const answer = projects.setRemoved(projectId, true);
      notify("projects");
      return answer;
    },
    "project.restore": ({ projectId }: { projectId: string }) => {
      const answer = projects.setRemoved(projectId, false);
      notify("projects");
      return answer;
    },
  };
}

function status(scenario: Scenario, now: number): WorkspaceStatus {
  const long = "Nachbarschaftsinitiative 🌳 ".repeat(11).slice(0, 300);
  return {
    workspaceId: fakeId("work"),
    name: scenario === "long" ? long : "Lindenhof community",
    kind: scenario === "demo" ? "demo" : "own",
    path: "~/EcoLocal/lindenhof",
    mode: scenario === "read-only" ? "read-only" : "live",
    ...(scenario === "read-only" ? { readOnlyBecause: "WORKSPACE_NEWER" } : {}),
    timeZone: "Europe/Berlin",
    locale: "en",
    place: "Leipzig",
    occupancy: null,
    region: null,
    createdAt: now - 40 * 86_400_000,
    appVersion: "0.1.0",
    schemaVersion: 1,
    owner: { pid: 4711, role: "app", since: now - 3_600_000 },
    counts: { sensors: 4, channels: 6, readings: 412_881, projects: 2 },
    storageBytes: 48_211_000,
    lastReadingAt: now - 4000,
  };
}

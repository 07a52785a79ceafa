import type { HomeCard, HomeOverview } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import { DAY_MS, MINUTE_MS, ok, quantitySpec } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import { expectedStoreInterval } from "../ingest/index.ts";
import type { JudgedHour } from "./channel-judge.ts";
import { chooseCards } from "./choose-cards.ts";
import { freshness, newestValue } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";
import { createUsualValues, type UsualValues } from "./usual-value.ts";

const SPARKLINE_STEP_MS = 30 * MINUTE_MS;
const SPARKLINE_POINTS = DAY_MS / SPARKLINE_STEP_MS;

export function homeHandlers(services: Services): HandlersOf<"home"> {
  const usual = createUsualValues(services.store);
  return {
    "home.overview": async () => {
      const cards = await homeCards(services, usual);
      const projects = await services.projects();
      const { describeHome } = await import("./home-sentences.ts");
      return ok({
        ...(await describeHome(cards, (channelId) => lastDayOf(services, channelId))),
        cards,
        topIdea: await topIdea(services),
        projectsActive: projects.ok ? projects.value.rows.list().filter(({ status }) => status === "active").length : 0,
      });
    },
  };
}

async function homeCards(services: Services, usual: UsualValues): Promise<HomeCard[]> {
  const { store, judge } = services;
  const sensors = new Map(store.sensors.list().map((sensor) => [sensor.id, sensor]));
  const shown = store.channels.list().filter(({ sensorId }) => sensorId === null || sensors.has(sensorId));
  const candidates = await Promise.all(
    shown.map(async (channel) => {
      const sensor = sensors.get(channel.sensorId ?? "");
      const fresh = freshnessOf(services, channel, sensor);
      const current = fresh === "live" || fresh === "late";
      // The last value is never shown as the present one.
      const judgement = current ? ((await judge.judge(channel))[0] ?? null) : null;
      return { channel, sensor, fresh, current, judgement, judged: judgement !== null };
    }),
  );
  return chooseCards(candidates).map((chosen) => homeCard(services, usual, chosen));
}

function freshnessOf(services: Services, channel: Channel, sensor: SensorRecord | undefined): HomeCard["freshness"] {
  const { store } = services;
  const latest = newestValue(services, channel.id);
  const expected = (sensor && store.drivers.find(sensor.driverId)?.expectedIntervalMs) ?? channel.intervalMs;
  return freshness(latest?.at ?? null, expectedStoreInterval(expected, channel.intervalMs), store.clock.now());
}

interface ChosenChannel {
  readonly channel: Channel;
  readonly sensor: SensorRecord | undefined;
  readonly fresh: HomeCard["freshness"];
  readonly current: boolean;
  readonly judgement: HomeCard["judgement"];
}

function homeCard(services: Services, usual: UsualValues, chosen: ChosenChannel): HomeCard {
  const { store } = services;
  const { channel, sensor, fresh, current, judgement } = chosen;
  const now = store.clock.now();
  const { unit, symbol, kind } = quantitySpec(channel.quantity);
  const latest = newestValue(services, channel.id);
  const to = Math.ceil(now / SPARKLINE_STEP_MS) * SPARKLINE_STEP_MS;
  const sparklineFrom = to - DAY_MS;
  const { mean } = store.readings.downsample({
    channelId: channel.id,
    from: sparklineFrom,
    to,
    points: SPARKLINE_POINTS,
  });
  return {
    channelId: channel.id,
    sensorId: channel.sensorId,
    sensorName: sensor?.name ?? "",
    place: channel.place,
    exposure: channel.exposure,
    quantity: channel.quantity,
    unit,
    symbol,
    latest,
    freshness: fresh,
    judgement,
    sparkline: [...mean].map((value) => (Number.isFinite(value) ? value : null)),
    sparklineFrom,
    sparklineStepMs: SPARKLINE_STEP_MS,
    // A meter reading is always above what it was; only what varies has a usual value.
    trend: current && latest && kind !== "counter" ? usual.trend(channel, latest.value, now) : null,
  };
}

async function lastDayOf({ store, judge }: Services, channelId: string): Promise<readonly JudgedHour[]> {
  const channel = store.channels.find(channelId);
  return channel ? judge.lastDay(channel) : [];
}

async function topIdea(services: Services): Promise<HomeOverview["topIdea"]> {
  const recommending = await services.recommending();
  const list = recommending.list();
  if (!list.ok) return null;
  const answered = new Set(services.store.feedback.currentOfAll().map(({ recommendationId }) => recommendationId));
  const idea = list.value.find(({ id, status }) => status === "suggested" && !answered.has(id));
  if (!idea) return null;
  const { id, title, why, confidence } = idea;
  const { viewSentence } = await import("../recommending/index.ts");
  return { id, title, why: viewSentence(why), confidence };
}

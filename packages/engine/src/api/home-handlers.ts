import type { HomeCard, HomeOverview } from "@ecolocal/core/api";
import type { Channel } from "@ecolocal/core/sensing";
import { DAY_MS, MINUTE_MS, ok, type Quantity, quantitySpec } from "@ecolocal/core/shared";
import type { SensorRecord } from "@ecolocal/db/workspace";
import { expectedStoreInterval } from "../ingest/index.ts";
import { freshness, newestValue } from "./sensor-view.ts";
import type { HandlersOf, Services } from "./services.ts";
import { createUsualValues, type UsualValues } from "./usual-value.ts";

const SPARKLINE_STEP_MS = 30 * MINUTE_MS;
const SPARKLINE_POINTS = DAY_MS / SPARKLINE_STEP_MS;

/** What people ask for first; other quantities follow in the order of their sensors. */
const FIRST: readonly Quantity[] = ["co2", "pm25", "pm10", "temperature", "humidity", "power", "energy_import"];

/** Fine print of meters and weather stations; it is on the sensor's page. */
const SECONDARY: ReadonlySet<Quantity> = new Set<Quantity>([
  "unknown",
  "voltage",
  "current",
  "frequency",
  "power_factor",
  "reactive_power",
  "apparent_power",
  "battery_voltage",
  "typical_size",
  "particle_count",
  "latitude",
  "longitude",
  "altitude",
]);

export function homeHandlers(services: Services): HandlersOf<"home"> {
  const usual = createUsualValues(services.store);
  return {
    "home.overview": async () => {
      const cards = await homeCards(services, usual);
      const projects = await services.projects();
      const { describeHome } = await import("./home-sentences.ts");
      return ok({
        ...(await describeHome(cards)),
        cards,
        topIdea: await topIdea(services),
        projectsActive: projects.ok ? projects.value.rows.list().filter(({ status }) => status === "active").length : 0,
      });
    },
  };
}

async function homeCards(services: Services, usual: UsualValues): Promise<HomeCard[]> {
  const { store } = services;
  const sensors = new Map(store.sensors.list().map((sensor) => [sensor.id, sensor]));
  const shown = store.channels
    .list()
    .filter(({ sensorId, quantity }) => !SECONDARY.has(quantity) && (sensorId === null || sensors.has(sensorId)))
    .filter((channel, _, all) => !isPartOfTotal(channel, all))
    .toSorted((a, b) => priority(a) - priority(b));
  return Promise.all(shown.map((channel) => homeCard(services, usual, channel, sensors.get(channel.sensorId ?? ""))));
}

/** A meter's directions beside the sum of both. */
function isPartOfTotal({ sensorId, quantity, key }: Channel, all: readonly Channel[]): boolean {
  return (
    key !== "" && all.some((other) => other.sensorId === sensorId && other.quantity === quantity && other.key === "")
  );
}

function priority({ quantity }: Channel): number {
  const place = FIRST.indexOf(quantity);
  return place < 0 ? FIRST.length : place;
}

async function homeCard(
  services: Services,
  usual: UsualValues,
  channel: Channel,
  sensor: SensorRecord | undefined,
): Promise<HomeCard> {
  const { store, judge } = services;
  const now = store.clock.now();
  const { unit, symbol } = quantitySpec(channel.quantity);
  const latest = newestValue(services, channel.id);
  const expected = (sensor && store.drivers.find(sensor.driverId)?.expectedIntervalMs) ?? channel.intervalMs;
  const fresh = freshness(latest?.at ?? null, expectedStoreInterval(expected, channel.intervalMs), now);
  const current = fresh === "live" || fresh === "late";
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
    // The last value is never shown as the present one.
    judgement: current ? ((await judge.judge(channel))[0] ?? null) : null,
    sparkline: [...mean].map((value) => (Number.isFinite(value) ? value : null)),
    sparklineFrom,
    sparklineStepMs: SPARKLINE_STEP_MS,
    trend: current && latest ? usual.trend(channel, latest.value, now) : null,
  };
}

async function topIdea(services: Services): Promise<HomeOverview["topIdea"]> {
  const recommending = await services.recommending();
  const list = recommending.list();
  if (!list.ok) return null;
  const answered = new Set(services.store.feedback.currentOfAll().map(({ recommendationId }) => recommendationId));
  const idea = list.value.find(({ id, status }) => status === "suggested" && !answered.has(id));
  if (!idea) return null;
  const { id, title, why, confidence } = idea;
  return { id, title, why: { ...why, values: { ...why.values } }, confidence };
}

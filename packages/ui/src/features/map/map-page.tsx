import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { EmptyState, FailureNotice, Page, Section, Select, Skeleton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { EditSensorDialog } from "../sensors/edit-sensor-dialog.tsx";
import { AreaControls } from "./area-controls.tsx";
import css from "./map.module.css";
import { MapView } from "./map-view.tsx";
import { PlaceList, UnplacedList } from "./place-list.tsx";
import { quantitiesOf, splitByPosition } from "./places.ts";
import { SensorMark } from "./sensor-mark.tsx";
import { useArea } from "./use-area.ts";

/** Where the sensors stand, as a picture and as a list of the same things in the same order. */
export function MapPage() {
  const { t, formats } = useText();
  const search = useSearch({ from: "/map" });
  const navigate = useNavigate({ from: "/map" });
  const { data, error, refetch } = useEngine("sensor.list", {});
  const [placing, setPlacing] = useState<string | null>(null);
  const area = useArea();
  const { placed, unplaced } = splitByPosition(data ?? []);
  const quantities = quantitiesOf(placed);
  const quantity = search.quantity ?? quantities[0];
  const pick = (sensor: string) => void navigate({ search: { ...search, sensor }, replace: true });
  const beingPlaced = data?.find(({ id }) => id === placing);
  return (
    <Page
      title={t("map.title")}
      sub={data && <p>{t("map.sentence", { placed: placed.length, unplaced: unplaced.length })}</p>}
    >
      {data === undefined && !error && <Skeleton rows={1} height={420} />}
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data && placed.length === 0 && (
        <EmptyState
          icon="map"
          title={t("map.emptyTitle")}
          text={t(unplaced.length === 0 ? "map.emptyNoSensor" : "map.emptyText")}
        />
      )}
      {placed.length > 0 && (
        <div className={css["split"]}>
          <div className={css["picture"]}>
            <div className={css["bar"]}>
              <Select
                label={t("map.quantity")}
                options={quantities.map((id) => ({ id, label: t(`quantity.${id}`), note: formats.symbol(id) }))}
                value={quantity ?? null}
                onChange={(chosen) => void navigate({ search: { ...search, quantity: chosen }, replace: true })}
              />
              <AreaControls area={area} />
            </div>
            <MapView
              label={t("map.picture", { count: placed.length })}
              area={area.open}
              picked={search.sensor}
              marks={placed.map((sensor) => ({
                id: sensor.id,
                ...sensor.position,
                mark: (
                  <SensorMark
                    sensor={sensor}
                    quantity={quantity}
                    picked={sensor.id === search.sensor}
                    onPick={() => pick(sensor.id)}
                  />
                ),
              }))}
            />
            <Legend />
          </div>
          <PlaceList sensors={placed} quantity={quantity} picked={search.sensor} onPick={pick} />
        </div>
      )}
      {unplaced.length > 0 && (
        <Section title={t("map.unplaced")} note={t("map.unplacedNote")}>
          <UnplacedList sensors={unplaced} onPlace={setPlacing} />
        </Section>
      )}
      {beingPlaced && <EditSensorDialog sensor={beingPlaced} onClose={() => setPlacing(null)} />}
    </Page>
  );
}

const FRESHNESS = ["live", "late", "offline", "never"] as const;

function Legend() {
  const { t } = useText();
  return (
    <div className={css["legend"]}>
      <span>{t("map.legend")}</span>
      <ul>
        {FRESHNESS.map((state) => (
          <li key={state}>
            <span className={css["sample"]} data-freshness={state} aria-hidden />
            {t(`freshness.${state}`)}
          </li>
        ))}
      </ul>
    </div>
  );
}

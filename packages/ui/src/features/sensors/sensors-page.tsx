import type { SensorView } from "@ecolocal/core/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { Button, EmptyState, FailureNotice, Page, Skeleton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { SensorRow } from "./sensor-row.tsx";
import css from "./sensors.module.css";

const AddSheet = lazy(() => import("./add/add-sheet.tsx").then(({ AddSheet }) => ({ default: AddSheet })));

const ManualDialog = lazy(() =>
  import("./manual/manual-dialog.tsx").then(({ ManualDialog }) => ({ default: ManualDialog })),
);

/** Every sensor of the workspace and how it is doing. */
export function SensorsPage() {
  const { t } = useText();
  const { add } = useSearch({ from: "/sensors" });
  const navigate = useNavigate({ from: "/sensors" });
  const { data, error, refetch } = useEngine("sensor.list", {});
  const open = (kind: "device" | "simulated" | "manual") => void navigate({ search: { add: kind } });
  return (
    <Page
      title={t("sensors.title")}
      sub={data && data.length > 0 ? <SensorsSentence sensors={data} /> : undefined}
      actions={
        <>
          <Button look="primary" icon="add" onPress={() => open("device")}>
            {t("sensors.add")}
          </Button>
          <Button icon="activity" onPress={() => open("simulated")}>
            {t("sensors.addSimulated")}
          </Button>
          <Button icon="edit" onPress={() => open("manual")}>
            {t("manual.title")}
          </Button>
        </>
      }
    >
      {data === undefined && !error && <Skeleton rows={3} height={72} />}
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="sensor" title={t("sensors.emptyTitle")} text={t("sensors.emptyText")}>
          <Button look="primary" icon="plug" onPress={() => open("device")}>
            {t("sensors.add")}
          </Button>
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className={css["rows"]}>
          {[...data].sort(byNeed).map((sensor) => (
            <SensorRow key={sensor.id} sensor={sensor} />
          ))}
        </ul>
      )}
      {add && (
        <Suspense>
          {add === "manual" ? (
            <ManualDialog onClose={() => void navigate({ search: {} })} />
          ) : (
            <AddSheet kind={add} onClose={() => void navigate({ search: {} })} />
          )}
        </Suspense>
      )}
    </Page>
  );
}

function SensorsSentence({ sensors }: { readonly sensors: readonly SensorView[] }) {
  const { t } = useText();
  const reading = sensors.filter(({ state }) => state === "reading").length;
  const troubled = sensors.filter(({ problem }) => problem !== null).length;
  return <p>{t("sensors.sentence", { reading, troubled })}</p>;
}

/** Sensors that need a look come first, then by name. */
function byNeed(a: SensorView, b: SensorView): number {
  const need = Number(b.problem !== null) - Number(a.problem !== null);
  return need === 0 ? a.name.localeCompare(b.name) : need;
}

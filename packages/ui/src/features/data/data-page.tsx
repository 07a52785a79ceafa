import type { ChannelView } from "@ecolocal/core/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { Button, Card, EmptyState, FailureNotice, LinkButton, Page, Skeleton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { ChannelPicker } from "./channel-picker.tsx";
import css from "./data.module.css";
import { Panels } from "./panels.tsx";
import { Patterns } from "./patterns.tsx";
import { RangeBar } from "./range-controls.tsx";
import type { DataSearch } from "./search.ts";

const ImportSheet = lazy(() =>
  import("./import/import-sheet.tsx").then(({ ImportSheet }) => ({ default: ImportSheet })),
);

/** Any values beside each other over the same time; the address holds what is shown, so that it can be shared. */
export function DataPage() {
  const { t } = useText();
  const { data, error, refetch } = useEngine("channel.list", {});
  const search = useSearch({ from: "/data" });
  const navigate = useNavigate({ from: "/data" });
  const openImport = () => void navigate({ search: { ...search, import: true } });
  const { import: importing, ...rest } = search;
  return (
    <Page
      title={t("data.title")}
      sub={<p>{t("data.sub")}</p>}
      actions={
        <Button icon="add" onPress={openImport}>
          {t("import.open")}
        </Button>
      }
    >
      {data === undefined && !error && <Skeleton rows={1} height={380} />}
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState icon="data" title={t("data.emptyTitle")} text={t("data.emptyText")}>
          <LinkButton to="/sensors" search={{ add: "device" }} look="primary" icon="plug">
            {t("sensors.add")}
          </LinkButton>
          <Button icon="add" onPress={openImport}>
            {t("import.open")}
          </Button>
        </EmptyState>
      )}
      {data && data.length > 0 && <Explorer channels={data} />}
      {importing && (
        <Suspense>
          <ImportSheet onClose={() => void navigate({ search: rest })} />
        </Suspense>
      )}
    </Page>
  );
}

function Explorer({ channels }: { readonly channels: readonly ChannelView[] }) {
  const search = useSearch({ from: "/data" });
  const navigate = useNavigate({ from: "/data" });
  const first = channels[0];
  // Without a choice, the first value is shown, so that the screen is never empty.
  const chosen = search.channels ?? (first ? [first.id] : []);
  const change = (part: DataSearch) =>
    void navigate({ search: (before) => dropDefaults({ ...before, channels: chosen, ...part }), replace: true });
  const shown = chosen.flatMap((id) => channels.find((channel) => channel.id === id) ?? []);
  return (
    <div className={css["columns"]}>
      <Card className={css["picker"]}>
        <ChannelPicker channels={channels} chosen={chosen} onChange={(ids) => change({ channels: ids })} />
      </Card>
      <div className={css["panels"]}>
        <RangeBar search={search} onChange={change} />
        {search.view === undefined || search.view === "line" ? (
          <Panels channels={shown} search={search} />
        ) : (
          <Patterns channels={shown} search={search} view={search.view} />
        )}
      </div>
    </div>
  );
}

function dropDefaults({ channels, range, back, compare, view }: DataSearch): DataSearch {
  return {
    ...(channels === undefined || channels.length === 0 ? {} : { channels }),
    ...(range === undefined ? {} : { range }),
    ...(back === undefined || back <= 0 ? {} : { back }),
    ...(compare ? { compare } : {}),
    ...(view === undefined || view === "line" ? {} : { view }),
  };
}

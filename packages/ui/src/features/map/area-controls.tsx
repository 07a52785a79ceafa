import { FileTrigger } from "react-aria-components";
import { Button } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./map.module.css";
import type { AreaState } from "./use-area.ts";

/** Adds a map area from a file; nothing is ever fetched from the network. */
export function AreaControls({ area }: { readonly area: AreaState }) {
  const { t } = useText();
  return (
    <div className={css["area"]}>
      <div>
        <FileTrigger
          acceptedFileTypes={[".pmtiles"]}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) area.choose(file);
          }}
        >
          <Button size="s" icon="add">
            {t(area.open === null ? "map.addArea" : "map.changeArea")}
          </Button>
        </FileTrigger>
        {area.open && (
          <Button size="s" look="quiet" onPress={area.forget}>
            {t("map.removeArea")}
          </Button>
        )}
      </div>
      <p role={area.failed ? "alert" : undefined}>
        {area.failed
          ? t("map.areaFailed")
          : area.open
            ? t("map.areaShown", { name: area.open.name })
            : t("map.areaHint")}
      </p>
    </div>
  );
}

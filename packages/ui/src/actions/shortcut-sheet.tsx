import { ACTIONS } from "@ecolocal/core/actions";
import { Dialog, Fact, FactList, Segmented } from "../kit/index.ts";
import { setPreferences, usePreferences } from "../preferences/index.ts";
import { useText } from "../text/index.ts";
import { keysLabel } from "./run-action.ts";
import css from "./shortcut-sheet.module.css";
import { closeLayers } from "./ui-state.ts";

/** Every shortcut, and the switch for those made of single keys. */
export function ShortcutSheet() {
  const { t } = useText();
  const singleKeys = usePreferences((preferences) => preferences.singleKeys);
  return (
    <Dialog open onClose={closeLayers} title={t("shortcuts.title")}>
      <FactList>
        {ACTIONS.map((action) =>
          action.keys === undefined ? null : (
            <Fact key={action.id} name={t(`command.${action.id}`)}>
              <kbd className={css["keys"]}>{keysLabel(action.keys)}</kbd>
            </Fact>
          ),
        )}
      </FactList>
      <div className={css["switch"]}>
        <Segmented
          label={t("shortcuts.single")}
          options={[
            { id: "on", label: t("shortcuts.on") },
            { id: "off", label: t("shortcuts.off") },
          ]}
          value={singleKeys}
          onChange={(next) => setPreferences({ singleKeys: next })}
        />
      </div>
    </Dialog>
  );
}

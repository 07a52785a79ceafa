import { Button } from "react-aria-components";
import { Icon } from "../kit/index.ts";
import { useText } from "../text/index.ts";
import { keysLabel } from "./run-action.ts";
import css from "./search-button.module.css";
import { openPalette } from "./ui-state.ts";

/** The visible way into the palette. */
export function SearchButton() {
  const { t } = useText();
  return (
    <Button className={css["button"] ?? ""} onPress={openPalette}>
      <Icon name="search" size={16} />
      <span>{t("palette.open")}</span>
      <kbd>{keysLabel("Mod+K")}</kbd>
    </Button>
  );
}

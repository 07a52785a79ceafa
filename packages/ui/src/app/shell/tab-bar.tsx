import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "react-aria-components";
import { Icon, Menu } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { FOOT_DESTINATIONS, MAIN_DESTINATIONS, SHARING_DESTINATION, TAB_DESTINATIONS } from "./destinations.ts";
import css from "./shell.module.css";

/** The way around at the bottom of narrow screens. */
export function TabBar() {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <nav className={css["tabs"]} aria-label={t("nav.main")}>
      {TAB_DESTINATIONS.map(({ to, icon, label }) => (
        <Link key={to} to={to} className={css["tab"]} activeOptions={{ exact: to === "/", includeSearch: false }}>
          <Icon name={icon} size={20} />
          {t(label)}
        </Link>
      ))}
      <Menu
        label={t("nav.more")}
        entries={[
          ...MAIN_DESTINATIONS.filter((entry) => !TAB_DESTINATIONS.includes(entry)),
          SHARING_DESTINATION,
          ...FOOT_DESTINATIONS,
        ].map(({ to, icon, label }) => ({ id: to, icon, label: t(label) }))}
        onAction={(to) => void navigate({ to })}
        trigger={
          <Button className={css["tab"] ?? ""}>
            <Icon name="more" size={20} />
            {t("nav.moreShort")}
          </Button>
        }
      />
    </nav>
  );
}

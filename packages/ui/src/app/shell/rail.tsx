import { Link } from "@tanstack/react-router";
import { Icon } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { type Destination, FOOT_DESTINATIONS, MAIN_DESTINATIONS } from "./destinations.ts";
import { Leaf } from "./leaf.tsx";
import css from "./shell.module.css";
import { SyncIndicator } from "./sync-indicator.tsx";

/** The way around, at the side of wide screens. */
export function Rail() {
  const { t } = useText();
  return (
    <header className={css["rail"]}>
      <Link to="/" className={css["brand"]}>
        <Leaf />
        <span>{t("app.name")}</span>
      </Link>
      <nav className={css["navigation"]} aria-label={t("nav.main")}>
        {MAIN_DESTINATIONS.map((destination) => (
          <RailItem key={destination.to} {...destination} />
        ))}
      </nav>
      <div className={css["foot"]}>
        <nav className={css["navigation"]} aria-label={t("nav.more")}>
          {FOOT_DESTINATIONS.map((destination) => (
            <RailItem key={destination.to} {...destination} />
          ))}
        </nav>
        <SyncIndicator />
      </div>
    </header>
  );
}

function RailItem({ to, icon, label }: Destination) {
  const { t } = useText();
  return (
    <Link to={to} className={css["item"]} activeOptions={{ exact: to === "/", includeSearch: false }} title={t(label)}>
      <Icon name={icon} size={19} />
      <span>{t(label)}</span>
    </Link>
  );
}

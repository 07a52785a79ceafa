import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Shortcuts } from "../../actions/index.ts";
import { useHostState, useLinkState } from "../../client/index.ts";
import { useText } from "../../text/index.ts";
import { Banners } from "./banners.tsx";
import { Rail } from "./rail.tsx";
import { RefusedScreen } from "./refused-screen.tsx";
import css from "./shell.module.css";
import { TabBar } from "./tab-bar.tsx";
import { TopBar } from "./top-bar.tsx";

const WelcomeScreen = lazy(() =>
  import("../../features/welcome/index.ts").then(({ WelcomeScreen }) => ({ default: WelcomeScreen })),
);
const RefusedWorkspace = lazy(() =>
  import("../../features/recovery/index.ts").then(({ RefusedWorkspace }) => ({ default: RefusedWorkspace })),
);

/** The frame around every screen: rail or tab bar, top bar, banners, content. */
export function Shell() {
  const { t } = useText();
  const link = useLinkState();
  const host = useHostState();
  const onWall = useRouterState({ select: ({ location }) => location.pathname === "/wall" });
  if (link.kind === "refused") return <RefusedScreen reason={link.reason} />;
  if (host?.kind === "welcome" || host?.kind === "refused") {
    return <Suspense>{host.kind === "welcome" ? <WelcomeScreen /> : <RefusedWorkspace state={host} />}</Suspense>;
  }
  if (onWall) {
    return (
      <main id="content" tabIndex={-1}>
        <Banners />
        <Outlet />
        <Shortcuts />
      </main>
    );
  }
  return (
    <div className={css["shell"]}>
      <button type="button" className={css["skip"]} onClick={() => document.getElementById("content")?.focus()}>
        {t("nav.skip")}
      </button>
      <Rail />
      <div className={css["main"]}>
        <section className={css["status"]} aria-label={t("shell.workspace")}>
          <TopBar />
          <Banners />
        </section>
        <main id="content" tabIndex={-1} className={css["content"]}>
          <Outlet />
        </main>
      </div>
      <TabBar />
      <Shortcuts />
    </div>
  );
}

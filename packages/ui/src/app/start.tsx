import "@fontsource-variable/inter/wght.css";
import "../kit/layers.css";
import "../kit/tokens.css";
import "../kit/base.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import {
  ClientContext,
  type EngineClient,
  followChanges,
  followHost,
  followNotices,
  followReadings,
  followSync,
} from "../client/index.ts";
import { Toasts } from "../kit/index.ts";
import { applyPreferences, usePreferences } from "../preferences/index.ts";
import { createAppRouter } from "./router.tsx";
import { loadSpeech } from "./speech.ts";
import { restrictScripts } from "./trusted-types.ts";
import { WorkspaceText } from "./workspace-text.tsx";

/** Shows the app of one engine connection in `#app`. */
export async function startApp(client: EngineClient): Promise<void> {
  restrictScripts();
  const container = document.getElementById("app");
  if (container === null) throw new Error('The page needs an element with the id "app".');
  applyPreferences();
  const queries = createQueries();
  const speech = await loadSpeech(usePreferences.getState().language);
  const stop = new AbortController();
  void followChanges(client, queries, stop.signal);
  void followReadings(client, stop.signal);
  void followSync(client, stop.signal);
  void followNotices(client, stop.signal);
  void followHost(client, stop.signal, startAnew);
  window.addEventListener("pagehide", (event) => {
    if (!event.persisted) stop.abort();
  });
  const router = createAppRouter();
  createRoot(container).render(
    <StrictMode>
      <ClientContext value={client}>
        <QueryClientProvider client={queries}>
          <WorkspaceText first={speech}>
            <RouterProvider router={router} />
            <Toasts />
          </WorkspaceText>
        </QueryClientProvider>
      </ClientContext>
    </StrictMode>,
  );
}

/** What the page keeps belongs to the workspace it showed. */
function startAnew(address: string): void {
  window.location.hash = address;
  window.location.reload();
}

/** The engine is on this computer: never wait for a network, and refetch only what it says has changed. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 10 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { BeginPage } from "./begin-page.tsx";

const route = getRouteApi("/welcome");

/** The ways to begin, from inside a workspace: it stays open until another one is. */
export function WelcomePage() {
  const { begin } = route.useSearch();
  const navigate = useNavigate();
  return (
    <BeginPage
      begin={begin}
      onBegin={(next) => void navigate({ to: "/welcome", search: next === undefined ? {} : { begin: next } })}
    />
  );
}

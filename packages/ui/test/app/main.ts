import { startApp } from "../../src/app/start.tsx";
import { createFakeClient, type Scenario } from "../fake/client.ts";

const scenario = (new URLSearchParams(window.location.search).get("scenario") ?? "normal") as Scenario;
void startApp(createFakeClient(scenario));

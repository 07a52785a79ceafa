import { startApp } from "../../src/app/start.tsx";
import { createFakeClient, type Scenario } from "../fake/client.ts";

const { fakeScenario } = globalThis as { fakeScenario?: Scenario };
void startApp(createFakeClient(fakeScenario ?? "normal"));

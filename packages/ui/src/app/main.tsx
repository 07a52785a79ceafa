import { connectToEngine } from "./connection/index.ts";
import { startApp } from "./start.tsx";

void startApp(connectToEngine());

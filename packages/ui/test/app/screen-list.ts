import type { Page } from "playwright-core";
import { fakeId } from "../fake/ids.ts";

/** One state of one screen, as it is looked at and checked. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly scenario?: string;
  readonly height?: number;
  readonly settleMs?: number;
  readonly fullPage?: boolean;
  readonly act?: (page: Page) => Promise<void>;
}

export const SCREENS: readonly Screen[] = [
  { name: "home", path: "/" },
  { name: "home-empty", path: "/", scenario: "empty" },
  { name: "home-demo", path: "/", scenario: "demo" },
  { name: "home-readonly", path: "/", scenario: "read-only" },
  { name: "home-lost", path: "/", scenario: "lost", settleMs: 1700 },
  { name: "home-failing", path: "/", scenario: "failing" },
  { name: "home-long", path: "/", scenario: "long" },
  { name: "refused", path: "/", scenario: "refused" },
  { name: "sensors", path: "/sensors" },
  { name: "sensors-empty", path: "/sensors", scenario: "empty" },
  { name: "sensor", path: `/sensors/${fakeId("kitchen")}`, settleMs: 1200 },
];

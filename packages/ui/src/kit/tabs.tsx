import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import css from "./tabs.module.css";

export interface TabEntry<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number;
  readonly content: ReactNode;
}

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly TabEntry<T>[];
  readonly value: T;
  readonly onChange: (id: T) => void;
}

/** Views of one thing, one shown at a time; which one is the caller's state (usually the address). */
export function Tabs<T extends string>({ label, tabs, value, onChange }: TabsProps<T>) {
  return (
    <AriaTabs className={css["tabs"] ?? ""} selectedKey={value} onSelectionChange={(key) => onChange(key as T)}>
      <TabList aria-label={label} className={css["list"] ?? ""}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={css["tab"] ?? ""}>
            {tab.label}
            {tab.count !== undefined && <span className={css["count"]}>{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={css["panel"] ?? ""}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

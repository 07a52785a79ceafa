import type { ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Text } from "react-aria-components";
import { Icon, type IconName } from "./icon.tsx";
import css from "./menu.module.css";

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly checked?: boolean;
  readonly danger?: boolean;
  readonly href?: string;
}

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
  /** Which edge of the button it lines up with. */
  readonly align?: "start" | "end";
}

/** A list of actions behind a button. */
export function Menu({ trigger, label, entries, onAction, align = "end" }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={css["popover"] ?? ""} placement={`bottom ${align}`}>
        <AriaMenu
          className={css["menu"] ?? ""}
          aria-label={label}
          items={entries}
          onAction={(key) => onAction(String(key))}
        >
          {(entry) => (
            <MenuItem
              id={entry.id}
              textValue={entry.label}
              className={css["item"] ?? ""}
              data-danger={entry.danger || undefined}
              {...(entry.href === undefined ? {} : { href: entry.href })}
            >
              {entry.icon && <Icon name={entry.icon} size={17} />}
              <Text slot="label">{entry.label}</Text>
              {entry.checked && <Icon name="check" size={16} className={css["check"]} />}
            </MenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

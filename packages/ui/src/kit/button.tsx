import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import css from "./button.module.css";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

export type ButtonLook = "primary" | "plain" | "quiet" | "danger";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  readonly look?: ButtonLook;
  readonly size?: "m" | "s";
  readonly icon?: IconName;
  readonly children: ReactNode;
}

/** A button with words on it. */
export function Button({ look = "plain", size = "m", icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={buttonClass(look, size)}>
      {icon && <Icon name={icon} size={size === "s" ? 15 : 17} />}
      <span className={css["label"]}>{children}</span>
    </AriaButton>
  );
}

/** The looks of a button, for links that should look like one. */
export function buttonClass(look: ButtonLook, size: "m" | "s" = "m"): string {
  return classNames(css["button"], css[look], size === "s" && css["small"]);
}

interface IconButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  readonly icon: IconName;
  /** What it does: said by screen readers and shown as a tooltip. */
  readonly label: string;
}

/** A button with only a picture; its label is a tooltip. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={css["iconButton"] ?? ""}>
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className={css["tooltip"] ?? ""} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

import { createLink, type LinkComponent } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

interface AnchorProps extends Omit<ComponentProps<"a">, "className"> {
  readonly look?: ButtonLook;
  readonly size?: "m" | "s";
  readonly icon?: IconName;
}

function Anchor({ look = "plain", size = "m", icon, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass(look, size)}>
      {icon && <Icon name={icon} size={size === "s" ? 15 : 17} />}
      <span>{children}</span>
    </a>
  );
}

/** A link to a route that looks like a button. */
export const LinkButton: LinkComponent<typeof Anchor> = createLink(Anchor);

import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon, type IconName } from "./icon";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "default" | "quiet" | "danger";
  size?: "sm" | "md" | "lg";
  icon?: IconName;
  busy?: boolean;
  wide?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A verb that can be pressed; while busy it shows so and takes no second press. */
export function Button(props: ButtonProps) {
  const { look = "default", size = "md", icon, busy, wide, className, children, ...rest } = props;
  const classes = ["btn", look, size, wide ? "wide" : "", className ?? ""].join(" ");
  return (
    <button type="button" {...rest} className={classes} disabled={rest.disabled || busy}>
      {busy ? <Icon name="loader" className="spin" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  label: string;
  small?: boolean;
  on?: boolean;
  size?: number;
  ref?: Ref<HTMLButtonElement>;
}

/** A drawing that can be pressed; the label speaks for it. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, small, on, size, className, ...rest } = props;
  const classes = ["icb", small ? "sm" : "", on ? "on" : "", className ?? ""].join(" ");
  return (
    <button type="button" aria-label={label} title={label} {...rest} className={classes}>
      <Icon name={icon} size={size} />
    </button>
  );
}

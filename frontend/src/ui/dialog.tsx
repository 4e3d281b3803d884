import type { KeyboardEvent, ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button";
import { firstFocusable, focusables } from "./popover";

interface DialogProps {
  title: string;
  children: ReactNode;
  footer?: ReactNode;
  width?: number;
  /** Nothing behind it may be read; it stays where it is, with all that was typed. */
  veils?: boolean;
  /** Absent: the dialog cannot be waved away. */
  onClose?: () => void;
}

/** Keep Tab inside: what lies under the scrim is out of reach. */
export function trapTab(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "Tab") return;
  const all = focusables(event.currentTarget);
  const first = all[0];
  const last = all.at(-1);
  if (!first || !last) return;
  const leaving = event.shiftKey ? first : last;
  if (document.activeElement !== leaving) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}

export function Dialog({ title, children, footer, width, veils, onClose }: DialogProps) {
  const { t } = useTranslation("ui");
  const id = useId();
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    firstFocusable(box.current)?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  // A button that was pressed and switched off, or went away, leaves the keyboard with nobody.
  useEffect(() => {
    const regain = (event: globalThis.KeyboardEvent) => {
      const top = [...document.querySelectorAll(".dialog")].at(-1);
      if (document.activeElement !== document.body || top !== box.current) return;
      box.current?.focus();
      if (event.key !== "Escape" || !onClose) return;
      event.stopPropagation();
      onClose();
    };
    document.addEventListener("keydown", regain, true);
    return () => document.removeEventListener("keydown", regain, true);
  }, [onClose]);

  return createPortal(
    <div
      className={veils ? "scrim veil" : "scrim"}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose?.();
      }}
    >
      <div
        ref={box}
        className="dialog"
        role="dialog"
        aria-modal
        aria-labelledby={id}
        tabIndex={-1}
        style={width ? { width } : undefined}
        onKeyDown={(event) => {
          trapTab(event);
          if (event.key !== "Escape" || !onClose) return;
          event.stopPropagation();
          onClose();
        }}
      >
        <header>
          <h2 id={id}>{title}</h2>
          {onClose && <IconButton icon="x" label={t("close")} small onClick={onClose} />}
        </header>
        <div className="body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </div>
    </div>,
    document.body,
  );
}

import type { ReactNode } from "react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { isPhone } from "./screen";

interface PopoverProps {
  anchor: HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
  label: string;
  width?: number;
  alignEnd?: boolean;
  /** A listbox keeps the focus in its input; anything else takes it. */
  keepFocus?: boolean;
  role?: "dialog" | "menu" | "listbox";
}

const GAP = 4;
const EDGE = 8;

function place(anchor: HTMLElement, box: HTMLElement, alignEnd: boolean) {
  const at = anchor.getBoundingClientRect();
  const size = box.getBoundingClientRect();
  const below = at.bottom + GAP;
  const fits = below + size.height <= window.innerHeight - EDGE;
  const top = fits ? below : Math.max(EDGE, at.top - GAP - size.height);
  const wished = alignEnd ? at.right - size.width : at.left;
  const left = Math.min(Math.max(EDGE, wished), window.innerWidth - size.width - EDGE);
  return { top, left };
}

/** A small layer beside what opened it; on a phone it becomes a sheet at the foot. */
export function Popover(props: PopoverProps) {
  const { anchor, onClose, keepFocus, alignEnd = false } = props;
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ top: number; left: number } | null>(null);

  useLayoutEffect(() => {
    if (!anchor || !box.current) return;
    const element = box.current;
    const settle = () => setAt(isPhone() ? { top: 0, left: 0 } : place(anchor, element, alignEnd));
    settle();
    const watcher = new ResizeObserver(settle);
    watcher.observe(element);
    window.addEventListener("resize", settle);
    return () => {
      watcher.disconnect();
      window.removeEventListener("resize", settle);
    };
  }, [anchor, alignEnd]);

  useEffect(() => {
    const before = document.activeElement;
    if (!keepFocus) firstFocusable(box.current)?.focus();
    return () => {
      const inside = box.current?.contains(document.activeElement);
      const lost = document.activeElement === document.body;
      if ((inside || lost) && before instanceof HTMLElement) before.focus();
    };
  }, [keepFocus]);

  useEffect(() => {
    const leave = (event: PointerEvent) => {
      const target = event.target as Node;
      if (box.current?.contains(target) || anchor?.contains(target)) return;
      onClose();
    };
    document.addEventListener("pointerdown", leave, true);
    return () => document.removeEventListener("pointerdown", leave, true);
  }, [anchor, onClose]);

  const style = isPhone()
    ? {}
    : { top: at?.top ?? 0, left: at?.left ?? 0, width: props.width, opacity: at ? 1 : 0 };

  return createPortal(
    <>
      {isPhone() && <div className="sheet-scrim" aria-hidden />}
      {/* biome-ignore-start lint/a11y/noStaticElementInteractions: the role is given by whoever opens it. */}
      {/* biome-ignore-start lint/a11y/useAriaPropsSupportedByRole: dialog, menu and listbox all take a label. */}
      <div
        ref={box}
        className="pop"
        role={props.role ?? "dialog"}
        aria-label={props.label}
        tabIndex={-1}
        style={style}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onClose();
        }}
      >
        {props.children}
      </div>
      {/* biome-ignore-end lint/a11y/useAriaPropsSupportedByRole: above. */}
      {/* biome-ignore-end lint/a11y/noStaticElementInteractions: above. */}
    </>,
    document.body,
  );
}

const FOCUSABLE =
  "button:not(:disabled),a[href],input:not(:disabled),textarea,select,[tabindex='0']";

export function firstFocusable(root: HTMLElement | null): HTMLElement | null {
  return root?.querySelector<HTMLElement>("[data-autofocus]") ?? focusables(root)[0] ?? root;
}

export function focusables(root: HTMLElement | null): HTMLElement[] {
  return root ? [...root.querySelectorAll<HTMLElement>(FOCUSABLE)] : [];
}

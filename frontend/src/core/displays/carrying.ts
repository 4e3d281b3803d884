import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from "react";

/** A card held by the mouse or by the keyboard, and the column it is over. */
export interface Carried {
  id: number;
  from: string;
  over: string;
  /** Where its picture is drawn under the pointer; the keyboard draws none. */
  at: { x: number; y: number; width: number } | null;
}

interface Pressed {
  id: number;
  from: string;
  x: number;
  y: number;
  dx: number;
  dy: number;
  width: number;
}

/** The hand trembles: a press becomes a drag after so many pixels. */
const SLACK = 6;
const EDGE = 48;
const STEP = 14;

const columnAt = (x: number, y: number): string | undefined =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-column]")?.dataset.column;

/** A drag ends with a click on what it began on: that one opens nothing. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  window.setTimeout(() => document.removeEventListener("click", swallow, true), 0);
}

/** Carrying with a mouse or a pen; fingers scroll, and have the menu of each card. */
export function useCarrying(
  box: React.RefObject<HTMLElement | null>,
  onDrop: (id: number, from: string, to: string) => void,
) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const pressed = useRef<Pressed | null>(null);
  const held = useRef<Carried | null>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  const hold = (next: Carried | null) => {
    held.current = next;
    setCarried(next);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the handlers read what is current through refs.
  useEffect(() => {
    const move = (event: PointerEvent) => {
      const press = pressed.current;
      if (!press) return;
      const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLACK;
      if (!held.current && !far) return;
      event.preventDefault();
      const list = box.current;
      const edges = list?.getBoundingClientRect();
      if (list && edges && event.clientX > edges.right - EDGE) list.scrollLeft += STEP;
      if (list && edges && event.clientX < edges.left + EDGE) list.scrollLeft -= STEP;
      const over = columnAt(event.clientX, event.clientY) ?? held.current?.over ?? press.from;
      const at = { x: event.clientX - press.dx, y: event.clientY - press.dy, width: press.width };
      hold({ id: press.id, from: press.from, over, at });
    };
    const end = (event: PointerEvent) => {
      pressed.current = null;
      const now = held.current;
      if (!now?.at) return;
      hold(null);
      swallowClick();
      const to = columnAt(event.clientX, event.clientY);
      if (to) drop.current(now.id, now.from, to);
    };
    const leave = () => {
      pressed.current = null;
      if (held.current?.at) hold(null);
    };
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !held.current?.at) return;
      event.stopPropagation();
      leave();
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", leave);
    document.addEventListener("keydown", press, true);
    return () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", leave);
      document.removeEventListener("keydown", press, true);
    };
  }, []);

  /** What a card that can be carried listens to. */
  const grip = (id: number, from: string) => ({
    onPointerDown: (event: ReactPointerEvent<HTMLElement>) => {
      const target = event.target as HTMLElement;
      if (event.button !== 0 || event.pointerType === "touch" || target.closest("button")) return;
      const { left, top, width } = event.currentTarget.getBoundingClientRect();
      const [x, y] = [event.clientX, event.clientY];
      pressed.current = { id, from, x, y, dx: x - left, dy: y - top, width };
    },
  });

  return { carried, hold, grip };
}

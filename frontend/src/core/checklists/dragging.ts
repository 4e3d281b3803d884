import type { PointerEvent } from "react";
import { useRef, useState } from "react";

/** A point held by its handle: which one, and before which row it would fall. */
interface Held {
  id: number;
  to: number;
}

/** Moving rows by a handle, with a mouse or a finger; a row of the list is `[data-point]`. */
export function useDragging(onDrop: (id: number, to: number) => void) {
  const list = useRef<HTMLUListElement>(null);
  const [held, setHeld] = useState<Held | null>(null);

  const slotAt = (y: number): number => {
    const rows = [...(list.current?.querySelectorAll("[data-point]") ?? [])];
    const below = rows.findIndex((row) => {
      const box = row.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return below < 0 ? rows.length : below;
  };

  const grip = (id: number, index: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setHeld({ id, to: index });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (held?.id === id) setHeld({ id, to: slotAt(event.clientY) });
    },
    onPointerUp: () => {
      if (held?.id !== id) return;
      setHeld(null);
      // Taking the row out shifts those below it up by one.
      onDrop(id, held.to > index ? held.to - 1 : held.to);
    },
    onPointerCancel: () => setHeld(null),
  });

  return { list, held, grip };
}

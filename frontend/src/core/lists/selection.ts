import { useCallback, useMemo, useRef, useState } from "react";

/** Chosen rows; Shift chooses everything between two presses. */
export interface Selection {
  size: number;
  has: (id: number) => boolean;
  toggle: (id: number, through: boolean) => void;
  setAll: (ids: number[]) => void;
  ids: number[];
  /** On a telephone rows are pressed to be opened until somebody says that he chooses. */
  choosing: boolean;
  /** Choose, a row first if there is one. */
  begin: (id?: number) => void;
}

export function useSelection(order: number[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [choosing, setChoosing] = useState(false);
  const last = useRef<number | null>(null);
  const inOrder = useRef(order);
  inOrder.current = order;

  const toggle = useCallback((id: number, through: boolean) => {
    const all = inOrder.current;
    const from = last.current === null ? -1 : all.indexOf(last.current);
    const to = all.indexOf(id);
    last.current = id;
    setChosen((before) => {
      const next = new Set(before);
      if (through && from >= 0 && to >= 0) {
        for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
      } else if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  }, []);

  const setAll = useCallback((ids: number[]) => {
    setChosen(new Set(ids));
    if (ids.length === 0) setChoosing(false);
  }, []);
  const begin = useCallback(
    (id?: number) => {
      setChoosing(true);
      if (id !== undefined) toggle(id, false);
    },
    [toggle],
  );
  return useMemo(
    () => ({
      size: chosen.size,
      has: (id: number) => chosen.has(id),
      toggle,
      setAll,
      ids: [...chosen],
      choosing,
      begin,
    }),
    [chosen, toggle, setAll, choosing, begin],
  );
}

import { useState } from "react";
import { useHotKeys } from "../../ui/keys";
import type { Selection } from "./selection";

interface RowKeys<R> {
  rows: R[];
  /** What the rows are of: among others the keyboard begins anew. */
  of: string;
  selection: Selection;
  onOpen: (row: R) => void;
  /** Over the list something else hears the keys, or it has no rows to walk. */
  enabled: boolean;
}

/** The row the keyboard stands on: walked, opened and chosen without a mouse. */
export function useRowKeys<R extends { id: number }>(keys: RowKeys<R>): number {
  const { rows, of, selection, onOpen, enabled } = keys;
  const [stands, setStands] = useState({ of, at: -1 });
  const current = stands.of === of ? stands.at : -1;
  const move = (step: number) =>
    setStands({ of, at: Math.min(rows.length - 1, Math.max(0, current + step)) });
  const open = () => {
    const row = rows[current];
    if (row) onOpen(row);
  };
  const choose = () => {
    const row = rows[current];
    if (row) selection.toggle(row.id, false);
  };
  useHotKeys(
    {
      KeyJ: () => move(1),
      ArrowDown: () => move(1),
      KeyK: () => move(-1),
      ArrowUp: () => move(-1),
      Enter: open,
      KeyE: open,
      KeyX: choose,
      Space: choose,
      Escape: () => selection.setAll([]),
    },
    { enabled },
  );
  return current;
}

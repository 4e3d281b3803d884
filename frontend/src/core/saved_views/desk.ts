import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { SavedView } from "../../api/contract";
import type { CardKind } from "../entities/kind";
import { useViews } from "../groups/groups";
import { type Address, stateOf } from "../lists/address";
import {
  arranged,
  askedFor,
  type ColumnChoice,
  choiceNow,
  columnsText,
  readColumns,
} from "../lists/columns";
import type { Column } from "../lists/EntityList";
import { type Celled, furtherColumns, useListFields } from "../lists/further";
import { isChanged, partsOf, rememberColumns, type ViewParts } from "./views";

/** How a list stands before its reader: the view that is open, the columns, what he may do with both. */
export interface Desk<R> {
  open: SavedView | null;
  changed: boolean;
  /** The list is not as it opens by itself. */
  worth: boolean;
  parts: ViewParts;
  /** Every column that the list may have. */
  all: Column<R>[];
  columns: Column<R>[];
  choice: ColumnChoice[];
  /** What rows are asked to carry for the further columns. */
  asks: { with?: string };
  arrange: (choice: ColumnChoice[]) => void;
  setWidth: (code: string, width: number) => void;
  openView: (view: SavedView) => void;
  keptView: () => void;
  leaveView: () => void;
}

/** `own` are the list's own columns, the same object from one drawing to the next. */
export function useDesk<R extends Celled>(
  kind: CardKind,
  address: Address,
  own: Column<R>[],
  /** A card is open over the list: its address is somebody's link, and stays as it is. */
  isOver: boolean,
): Desk<R> {
  const navigate = useNavigate();
  const views = useViews(kind).data;
  const listed = useListFields(kind);
  const open = views?.results.find((view) => String(view.id) === address.saved) ?? null;
  const all = useMemo(() => [...own, ...furtherColumns<R>(listed.fields)], [own, listed]);

  const go = useCallback(
    (search: Address | ((old: Address) => Address)) =>
      void navigate({ to: ".", search, replace: true } as never),
    [navigate],
  );
  const openView = useCallback(
    (view: SavedView) => go({ ...view.params, saved: String(view.id) }),
    [go],
  );
  const kept = open?.columns.length ? open.columns : (views?.columns ?? []);
  const choiceText =
    address.columns ?? columnsText(kept.map(({ code, width }) => ({ code, width: width ?? null })));
  const choice = useMemo(() => readColumns(choiceText), [choiceText]);
  const columns = useMemo(() => arranged(all, choice), [all, choice]);

  const arrange = useCallback(
    (next: ColumnChoice[]) => {
      // A view keeps its columns until somebody says so; without one they are simply remembered.
      if (open)
        go((old) => ({
          ...old,
          columns: columnsText(next.length > 0 ? next : choiceNow(all, [])),
        }));
      else void rememberColumns(kind, next);
    },
    [open, go, all, kind],
  );
  const setWidth = useCallback(
    (code: string, width: number) =>
      arrange(choiceNow(all, choice).map((one) => (one.code === code ? { code, width } : one))),
    [arrange, all, choice],
  );

  const first = views?.results.find((view) => view.id === views.view);
  useFirstView(first, !isOver && Object.values(address).every((text) => !text), openView);
  const asked = askedFor(choice.filter(({ code }) => all.some((one) => one.key === code)));
  return {
    open,
    changed: open !== null && isChanged(open, address),
    worth: Object.keys(stateOf(address)).some((name) => name !== "tab"),
    parts: partsOf(address, choice),
    all,
    columns,
    choice,
    asks: asked ? { with: asked } : {},
    arrange,
    setWidth,
    openView,
    keptView: () => go((old) => ({ ...old, columns: undefined })),
    leaveView: () => go((old) => ({ ...old, saved: undefined, columns: undefined })),
  };
}

/** Whoever comes to a bare list finds it as he has chosen; what is in an address already stays. */
function useFirstView(
  first: SavedView | undefined,
  isBare: boolean,
  open: (view: SavedView) => void,
): void {
  const waits = useRef(isBare);
  useEffect(() => {
    // Whoever has gone on meanwhile is not called back.
    if (!isBare) waits.current = false;
    if (!waits.current || !first) return;
    waits.current = false;
    open(first);
  }, [first, isBare, open]);
}

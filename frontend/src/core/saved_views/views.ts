import type { SavedView, SavedViews } from "../../api/contract";
import { reasonOf } from "../../api/problem";
import { del, patch, post, put } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { type CardKind, keys } from "../entities/kind";
import { type Address, isSame, stateOf } from "../lists/address";
import { type ColumnChoice, readColumns } from "../lists/columns";
import { cache } from "../session/cache";
import "./words";

/** What is kept of a view when it is made or changed. */
export interface ViewParts {
  title?: string;
  params?: Record<string, string>;
  columns?: ColumnChoice[];
  audience?: SavedView["audience"];
  roles?: string[];
  departments?: number[];
  /** It may stand where a set of cards is asked for. */
  is_group?: boolean;
}

/** Where a list opens with a view. */
export function hrefOf(kind: CardKind, view: SavedView): string {
  const address = new URLSearchParams({ ...view.params, saved: String(view.id) });
  return `${kind.route}?${address}`;
}

const again = (kind: CardKind) => cache.invalidateQueries({ queryKey: keys.views(kind) });

const change = (kind: CardKind, next: (now: SavedViews) => SavedViews) =>
  cache.setQueryData<SavedViews>(keys.views(kind), (now) => now && next(now));

export async function makeView(kind: CardKind, parts: ViewParts): Promise<SavedView> {
  const made = await post<SavedView>("views/", { kind: kind.code, ...parts });
  change(kind, (now) => {
    const own = now.results.filter((one) => one.is_mine);
    return { ...now, results: [...own, made, ...now.results.filter((one) => !one.is_mine)] };
  });
  return made;
}

export async function changeView(kind: CardKind, id: number, parts: ViewParts): Promise<void> {
  const fresh = await patch<SavedView>(`views/${id}/`, parts);
  change(kind, (now) => ({
    ...now,
    results: now.results.map((one) => (one.id === id ? fresh : one)),
  }));
  void cache.invalidateQueries({ queryKey: keys.counts(kind) });
}

/** Shown at once as it will be; what the server refuses is said and taken back. */
async function atOnce(kind: CardKind, send: () => Promise<unknown>): Promise<void> {
  try {
    await send();
  } catch (error) {
    complain(reasonOf(error));
    await again(kind);
  }
}

/** Which view the list opens with; null for none. */
export function openFirst(kind: CardKind, id: number | null): Promise<void> {
  change(kind, (now) => ({ ...now, view: id }));
  return atOnce(kind, () => patch("views/arrangement/", { kind: kind.code, view: id }));
}

/** Whether the figure of a view stands beside its name, for the person alone. */
export async function countView(kind: CardKind, id: number, on: boolean): Promise<void> {
  // Views that are on their way were written down without it, and would take it off again.
  await cache.cancelQueries({ queryKey: keys.views(kind) });
  const now = cache.getQueryData<SavedViews>(keys.views(kind))?.counted ?? [];
  const counted = [...now.filter((one) => one !== id), ...(on ? [id] : [])];
  change(kind, (views) => ({ ...views, counted }));
  await atOnce(kind, () => patch("views/arrangement/", { kind: kind.code, counted }));
  // Figures that were asked for meanwhile were counted without it.
  await cache.invalidateQueries({ queryKey: keys.counts(kind) });
}

/** The columns of the list where no view is open, remembered for the person alone. */
export function rememberColumns(kind: CardKind, choice: ColumnChoice[]): Promise<void> {
  const columns = choice.map(({ code, width }) => ({ code, width: width ?? null }));
  change(kind, (now) => ({ ...now, columns }));
  return atOnce(kind, () => patch("views/arrangement/", { kind: kind.code, columns }));
}

/** Put one's own view a place to the left or to the right. */
export function shiftView(kind: CardKind, id: number, step: number): Promise<void> {
  const all = cache.getQueryData<SavedViews>(keys.views(kind))?.results ?? [];
  const own = all.filter((one) => one.is_mine);
  const at = own.findIndex((one) => one.id === id);
  const one = own[at];
  const other = own[at + step];
  if (!one || !other) return Promise.resolve();
  own[at] = other;
  own[at + step] = one;
  change(kind, (now) => ({
    ...now,
    results: [...own, ...now.results.filter((view) => !view.is_mine)],
  }));
  const ids = own.map((view) => view.id);
  return atOnce(kind, () => put("views/order/", { kind: kind.code, ids }));
}

/** The view is gone from the screen at once, and for good when nobody calls it back. */
export function removeView(kind: CardKind, view: SavedView): void {
  change(kind, (now) => ({
    ...now,
    view: now.view === view.id ? null : now.view,
    counted: now.counted.filter((one) => one !== view.id),
    results: now.results.filter((one) => one.id !== view.id),
  }));
  undoable(i18next.t("saved_views:removed", { title: view.title }), {
    commit: (leaving) => del(`views/${view.id}/`, { keepalive: leaving }),
    undo: () => again(kind),
    failed: (error) => {
      complain(reasonOf(error));
      void again(kind);
    },
  });
}

/** Whether what is on the screen is something else than the view keeps. */
export const isChanged = (view: SavedView, address: Address): boolean =>
  !isSame(view.params, address) || address.columns !== undefined;

/** What is on the screen, as a view keeps it. */
export function partsOf(address: Address, columns: ColumnChoice[]): ViewParts {
  const chosen = address.columns === undefined ? columns : readColumns(address.columns);
  return { params: stateOf(address), columns: chosen };
}

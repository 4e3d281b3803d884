import { useQuery } from "@tanstack/react-query";
import type { CardBase, Checklist, Person, Point, PointFields } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, patch, post, put } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { showChange } from "../entities/card";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import { before, moved } from "./lines";
import "./words";

/** The checklist of which card. */
export interface Place {
  kind: CardKind;
  id: number;
}

/** What the server does not know yet: a refetch must not bring back what is gone from the screen. */
const hidden = new Set<number>();
const reopening = new Set<number>();

const UNTICKED = {
  outcome: "",
  done_by: null,
  done_at: null,
  note: "",
  number: null,
  file: null,
} as const;

const asShown = (list: Checklist): Checklist => ({
  ...list,
  results: list.results
    .filter((one) => !hidden.has(one.id))
    .map((one) => (reopening.has(one.id) ? { ...one, ...UNTICKED } : one)),
});

const load = async (place: Place, signal?: AbortSignal): Promise<Checklist> =>
  asShown(
    await get<Checklist>(`${place.kind.path}/${place.id}/checklist/`, signal ? { signal } : {}),
  );

export function useChecklist(place: Place) {
  return useQuery({
    queryKey: keys.checklist(place.kind, place.id),
    queryFn: ({ signal }) => load(place, signal),
  });
}

/** What stands on the screen, which may be newer than what was drawn last: keys are pressed faster than that. */
export const pointsNow = (place: Place): Point[] =>
  cache.getQueryData<Checklist>(keys.checklist(place.kind, place.id))?.results ?? [];

/** Put a list on the screen, and its tally into every row that shows the card. */
function show(place: Place, change: (points: Point[]) => Point[]): void {
  const key = keys.checklist(place.kind, place.id);
  cache.setQueryData<Checklist>(key, (list) => {
    if (!list) return list;
    const results = change(list.results);
    showChange<CardBase & { points_count: number; points_ticked: number }>(place.kind, place.id, {
      points_count: results.length,
      points_ticked: results.filter((one) => one.outcome !== "").length,
    });
    return { ...list, results };
  });
}

const showPoint = (place: Place, id: number, change: Partial<Point>): void =>
  show(place, (points) => points.map((one) => (one.id === id ? { ...one, ...change } : one)));

const refresh = (place: Place): Promise<void> =>
  cache.invalidateQueries({ queryKey: keys.checklist(place.kind, place.id) });

/** Shown at once; the server's word, or its refusal with everything as it was. */
async function optimistic(
  place: Place,
  change: (points: Point[]) => Point[],
  send: () => Promise<Point | undefined>,
): Promise<boolean> {
  show(place, change);
  await cache.cancelQueries({ queryKey: keys.checklist(place.kind, place.id) });
  // What was cancelled has put back the list it began with.
  show(place, change);
  try {
    const saved = await send();
    if (saved) showPoint(place, saved.id, saved);
    void cache.invalidateQueries({ queryKey: keys.history(place.kind, place.id) });
    return true;
  } catch (error) {
    complain(sentenceOf(error));
    void refresh(place);
    return false;
  }
}

const withPoint = (id: number, change: Partial<Point>) => (points: Point[]) =>
  points.map((one) => (one.id === id ? { ...one, ...change } : one));

export const changePoint = (
  place: Place,
  point: Point,
  fields: Partial<PointFields>,
  shown: Partial<Point>,
): Promise<boolean> =>
  optimistic(place, withPoint(point.id, shown), () =>
    patch<Point>(`checklist/${point.id}/`, fields),
  );

/** Moves go one after another: two that overtake each other would end in another order. */
let moves: Promise<unknown> = Promise.resolve();

/** Put a point at a place counted from 0. */
export function movePoint(place: Place, points: Point[], id: number, to: number): void {
  const order = moved(points, id, to);
  if (!order) return;
  const after = before(order, id);
  void optimistic(
    place,
    () => order,
    async () => {
      const turn = moves.then(() => put(`checklist/${id}/place/`, { after }));
      moves = turn.catch(() => undefined);
      await turn;
      return undefined;
    },
  );
}

export const tickPoint = (place: Place, point: Point, by: Person): Promise<boolean> =>
  optimistic(
    place,
    withPoint(point.id, { outcome: "passed", done_by: by, done_at: new Date().toISOString() }),
    () => post<Point>(`checklist/${point.id}/tick/`),
  );

/** Shown with a tick. */
export interface Proof {
  file?: number;
  number?: string;
  latitude?: string;
  longitude?: string;
  accuracy?: number;
  note?: string;
}

/** With a proof the server judges first; its refusal belongs beside the field. */
export async function prove(
  place: Place,
  point: Point,
  proof: Proof,
  as: "tick" | "failure",
): Promise<void> {
  const saved = await post<Point>(`checklist/${point.id}/${as}/`, proof);
  showPoint(place, point.id, saved);
  void cache.invalidateQueries({ queryKey: keys.history(place.kind, place.id) });
}

const sendReopening = (point: Point, leaving = false) =>
  del(`checklist/${point.id}/tick/`, { keepalive: leaving });

/** A bare tick comes off at once; one with a proof can be put back while the offer is on screen. */
export function reopenPoint(place: Place, point: Point): void {
  if (!point.file && point.number === null && !point.note && point.demand === "") {
    void optimistic(place, withPoint(point.id, UNTICKED), async () => {
      await sendReopening(point);
      return undefined;
    });
    return;
  }
  showPoint(place, point.id, UNTICKED);
  reopening.add(point.id);
  const back = () => {
    reopening.delete(point.id);
    return refresh(place);
  };
  undoable(
    i18next.t("checklists:reopened"),
    {
      commit: (leaving) => sendReopening(point, leaving).then(back),
      undo: back,
      failed: (error) => {
        complain(sentenceOf(error));
        void back();
      },
    },
    "rotate-ccw",
  );
}

export function removePoint(place: Place, point: Point): void {
  show(place, (points) => points.filter((one) => one.id !== point.id));
  hidden.add(point.id);
  const back = () => {
    hidden.delete(point.id);
    return refresh(place);
  };
  undoable(i18next.t("checklists:removed"), {
    commit: (leaving) => del(`checklist/${point.id}/`, { keepalive: leaving }).then(back),
    undo: back,
    failed: (error) => {
      complain(sentenceOf(error));
      void back();
    },
  });
}

/** The whole list as the server has it after points were added. */
export async function settleAdded(place: Place, list: Checklist): Promise<void> {
  // An answer asked for before these points were there would take them off the screen.
  await cache.cancelQueries({ queryKey: keys.checklist(place.kind, place.id) });
  const shown = asShown(list);
  cache.setQueryData(keys.checklist(place.kind, place.id), shown);
  show(place, (points) => points);
  void cache.invalidateQueries({ queryKey: keys.history(place.kind, place.id) });
}

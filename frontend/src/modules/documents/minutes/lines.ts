import { useQuery } from "@tanstack/react-query";
import type { MinutesLines } from "../../../api/documents";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { del, get, patch, post } from "../../../api/request";
import { before } from "../../../core/checklists/lines";
import { keys } from "../../../core/entities/kind";
import { askWhichStays } from "../../../core/forms/conflict";
import { cache } from "../../../core/session/cache";
import { recount } from "../../../core/session/session";
import { i18next } from "../../../ui/texts";
import { say } from "../../../ui/toast";
import { DOCUMENTS } from "../document";
import { bodyOf, type Fields, isTouched, type Line, livingOf, stepped } from "./line";
import "./words";

/** Lines of one document as the page has them: shown at once, sent in turn. */

export const LINES = (id: number) => [...keys.card(DOCUMENTS, id), "lines"] as const;
const pathOf = (id: number) => `documents/${id}/lines/`;

export const useLines = (id: number, enabled: boolean) =>
  useQuery({
    queryKey: LINES(id),
    enabled,
    queryFn: ({ signal }) => get<MinutesLines>(pathOf(id), { signal }),
  });

/** What stands on the screen now; keys are pressed faster than React draws. */
export const linesNow = (id: number): Line[] =>
  cache.getQueryData<MinutesLines>(LINES(id))?.results ?? [];

function show(id: number, change: (lines: Line[]) => Line[]): void {
  cache.setQueryData<MinutesLines>(
    LINES(id),
    (told) => told && { ...told, results: change(told.results) },
  );
}

const withLine = (line: number, fields: Partial<Line>) => (lines: Line[]) =>
  lines.map((one) => (one.id === line ? { ...one, ...fields } : one));

/** Changes of one page go one after another: two that overtake each other would meet as strangers. */
let turn: Promise<unknown> = Promise.resolve();
/** How many wait; what was read while some did is older than the screen. */
let waiting = 0;

export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  waiting += 1;
  const mine = turn.then(work).finally(() => {
    waiting -= 1;
  });
  turn = mine.catch(() => undefined);
  return mine;
}

/** After the last of the changes under way, read what the server has. */
export function refresh(id: number): void {
  if (waiting > 0) return;
  void cache.invalidateQueries({ queryKey: LINES(id) });
  void cache.invalidateQueries({ queryKey: keys.history(DOCUMENTS, id) });
}

/** A reading under way was asked for before the change and would take it off the screen. */
async function put(id: number, change: (lines: Line[]) => Line[]): Promise<void> {
  show(id, change);
  await cache.cancelQueries({ queryKey: LINES(id) });
  show(id, change);
}

export async function addShown(id: number, line: Line): Promise<void> {
  await put(id, (lines) =>
    lines.some((one) => one.id === line.id)
      ? lines
      : [...livingOf(lines), line, ...lines.filter((one) => one.removed)],
  );
}

function refused(id: number, error: unknown, retry: () => void): void {
  say(i18next.t("documents_minutes:notSaved", { reason: sentenceOf(error) }), {
    icon: "circle-alert",
    stay: 12_000,
    action: { title: i18next.t("ui:retry"), run: retry },
  });
  refresh(id);
}

/** Save what was written into a line; `seen` is the line as it stood when the writing began. */
export async function changeLine(id: number, seen: Line, fields: Fields): Promise<void> {
  await put(id, withLine(seen.id, fields));
  await inTurn(async () => {
    const now = linesNow(id).find((one) => one.id === seen.id) ?? seen;
    const version = Math.max(now.version, seen.version);
    await sendLine(id, { ...seen, version }, fields);
  }).catch((error: unknown) => refused(id, error, () => void changeLine(id, seen, fields)));
  refresh(id);
}

async function sendLine(id: number, seen: Line, fields: Fields): Promise<void> {
  const path = `${pathOf(id)}${seen.id}/`;
  try {
    const saved = await patch<Line>(path, { ...bodyOf(fields), version: seen.version });
    await put(id, withLine(saved.id, saved));
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 412 && error.current)) throw error;
    const now = error.current as Line;
    if (!isTouched(seen, now, fields)) return sendLine(id, now, fields);
    await put(id, withLine(now.id, now));
    askWhichStays({
      mine: toldOf({ ...now, ...fields }),
      theirs: toldOf(now),
      keepMine: () => void changeLine(id, now, fields),
    });
  }
}

const toldOf = (line: Line): string =>
  [line.text, line.assignee?.name ?? ""].filter(Boolean).join(" — ");

/** Move a line by one place; says where it came to stand, or null when there is nowhere to go. */
export function moveLine(id: number, line: number, step: 1 | -1): number | null {
  const order = stepped(linesNow(id), line, step);
  if (!order) return null;
  const after = before(order, line);
  void put(id, () => order)
    .then(() => inTurn(() => patch<Line>(`${pathOf(id)}${line}/`, { after })))
    .catch((error: unknown) => refused(id, error, () => void moveLine(id, line, step)))
    .finally(() => refresh(id));
  return order.findIndex((one) => one.id === line);
}

/** Strike a line out; it stays below and can be put back. */
export function removeLine(id: number, line: Line): void {
  void put(id, (lines) => lines.filter((one) => one.id !== line.id))
    .then(() => inTurn(() => del(`${pathOf(id)}${line.id}/`)))
    .then(() =>
      say(i18next.t("documents_minutes:removed"), {
        icon: "trash-2",
        action: { title: i18next.t("ui:undo"), run: () => restoreLine(id, line) },
      }),
    )
    .catch((error: unknown) => refused(id, error, () => removeLine(id, line)))
    .finally(() => refresh(id));
}

export function restoreLine(id: number, line: Line): void {
  inTurn(() => post<Line>(`${pathOf(id)}${line.id}/restore/`))
    .catch((error: unknown) => refused(id, error, () => restoreLine(id, line)))
    .finally(() => refresh(id));
}

/** Make a task of an idea or a decision; the refusal belongs beside the field. */
export async function giveLine(
  id: number,
  line: Line,
  body: { assignee: number | null; due_at: string | null },
): Promise<void> {
  const saved = await post<Line>(`${pathOf(id)}${line.id}/give/`, body);
  await put(id, withLine(saved.id, saved));
  recount();
  void cache.invalidateQueries({ queryKey: keys.links(DOCUMENTS, id) });
  refresh(id);
}

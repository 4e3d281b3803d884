import type { BulkAnswer } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { i18next } from "../../ui/texts";
import { complain, say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import type { ListQuery } from "./pages";
import "./words";

/** So many rows go with one request: a run of many shows how far it has come. */
const TOGETHER = 50;

export interface BulkProgress {
  done: number;
  total: number;
}

/** The rows that somebody has chosen: one by one, or all that the list is narrowed to. */
export type Chosen = { ids: number[] } | { filter: ListQuery; count: number };

export const sizeOf = (chosen: Chosen): number =>
  "ids" in chosen ? chosen.ids.length : chosen.count;

interface BulkResult {
  done: number;
  total: number;
  /** Why the first of those that were refused was. */
  reason: string | null;
  /** Sealed notes by which the server puts back what was done. */
  notes: string[];
}

function count(result: BulkResult, answer: BulkAnswer): void {
  result.done += answer.results.filter((one) => one.outcome !== "refused").length;
  result.reason ??= answer.results.find((one) => one.outcome === "refused")?.reason ?? null;
  if (answer.undo) result.notes.push(answer.undo);
}

async function* partsOf(path: string, body: object, chosen: Chosen): AsyncGenerator<BulkAnswer> {
  if ("ids" in chosen) {
    for (let from = 0; from < chosen.ids.length; from += TOGETHER) {
      const ids = chosen.ids.slice(from, from + TOGETHER);
      yield await post<BulkAnswer>(path, { ...body, ids });
    }
    return;
  }
  let after: number | null = 0;
  while (after !== null) {
    const answer: BulkAnswer = await post<BulkAnswer>(path, { ...body, ...chosen, after });
    after = answer.next;
    yield answer;
  }
}

/** Do one thing with many rows, by parts; what breaks it is told as the reason of the rest. */
export async function changeMany(
  kind: CardKind,
  chosen: Chosen,
  action: string,
  values: object,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkResult> {
  const result: BulkResult = { done: 0, total: sizeOf(chosen), reason: null, notes: [] };
  let seen = 0;
  onProgress({ done: 0, total: result.total });
  try {
    for await (const answer of partsOf(`${kind.path}/bulk/`, { action, values }, chosen)) {
      count(result, answer);
      seen += answer.results.length;
      onProgress({ done: seen, total: result.total });
    }
  } catch (error) {
    result.reason ??= sentenceOf(error);
  }
  return result;
}

async function putBack(kind: CardKind, notes: string[], refresh: () => unknown): Promise<void> {
  const result: BulkResult = { done: 0, total: 0, reason: null, notes: [] };
  try {
    for (const undo of [...notes].reverse()) {
      const answer = await post<BulkAnswer>(`${kind.path}/bulk/undo/`, { undo });
      result.total += answer.results.length;
      count(result, answer);
    }
    const { done, total, reason } = result;
    if (reason) complain(i18next.t("lists:undonePart", { done, total, reason }));
    else say(i18next.t("lists:undoneAll", { done }));
  } catch (error) {
    complain(sentenceOf(error));
  }
  refresh();
}

/** Say how it went; what can be put back offers so. */
export function tellBulk(kind: CardKind, result: BulkResult, refresh: () => unknown): void {
  const { done, total, reason, notes } = result;
  const text = reason
    ? i18next.t("lists:donePart", { done, total, reason })
    : i18next.t("lists:doneAll", { done });
  const run = () => void putBack(kind, notes, refresh);
  const action = notes.length > 0 ? { action: { title: i18next.t("ui:undo"), run } } : {};
  if (reason) say(text, { icon: "circle-alert", stay: 9000, ...action });
  else say(text, action);
}

import { sentenceOf } from "../../api/problem";
import { i18next } from "../../ui/texts";
import { complain, say } from "../../ui/toast";
import "./words";

/** One request per row, a few at a time, with a count of what is done. */
const AT_ONCE = 4;

export interface BulkProgress {
  done: number;
  total: number;
}

interface BulkResult<R> {
  done: R[];
  failed: { row: R; reason: string }[];
}

export async function forEachRow<R>(
  rows: R[],
  change: (row: R) => Promise<unknown>,
  onProgress: (progress: BulkProgress) => void,
): Promise<BulkResult<R>> {
  const queue = [...rows];
  const result: BulkResult<R> = { done: [], failed: [] };
  const total = rows.length;
  const work = async () => {
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      try {
        await change(row);
        result.done.push(row);
      } catch (error) {
        result.failed.push({ row, reason: sentenceOf(error) });
      }
      onProgress({ done: result.done.length + result.failed.length, total });
    }
  };
  onProgress({ done: 0, total });
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, total) }, work));
  return result;
}

/** Say how it went; what can be taken back offers so. */
export function tellBulk<R>(result: BulkResult<R>, undo?: () => void): void {
  const done = result.done.length;
  const reason = result.failed[0]?.reason;
  if (reason) {
    complain(i18next.t("lists:donePart", { done, total: done + result.failed.length, reason }));
    return;
  }
  const action = undo ? { action: { title: i18next.t("ui:undo"), run: undo } } : {};
  say(i18next.t("lists:doneAll", { done }), action);
}

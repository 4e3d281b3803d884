import { useState } from "react";
import type { Summary } from "../../api/contract";
import type { CardKind } from "../entities/kind";
import { cache } from "../session/cache";
import { recount } from "../session/session";
import { type BulkProgress, type Chosen, changeMany, sizeOf, tellBulk } from "./bulk";
import type { ListQuery } from "./pages";

const MOST = 5000;

interface Bulking {
  kind: CardKind;
  ids: number[];
  /** How many rows are on the screen, and what the list is narrowed by. */
  loaded: number;
  query: ListQuery;
  summary: Summary | undefined;
  onClear: () => void;
}

/** What is chosen in a list and how a deed with it goes. */
export function useBulk({ kind, ids, loaded, query, summary, onClear }: Bulking) {
  const [isWhole, setWhole] = useState(false);
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const total = summary?.is_exact ? summary.count : 0;
  // Whoever has ticked every row that is there may mean those not loaded yet, too.
  const offers = !isWhole && ids.length === loaded && total > ids.length && total <= MOST;
  const chosen: Chosen = isWhole ? { filter: query, count: total } : { ids };
  const refresh = () => {
    recount();
    return cache.invalidateQueries({ queryKey: [kind.code] });
  };
  const run = async (action: string, values: object = {}) => {
    const result = await changeMany(kind, chosen, action, values, setProgress);
    setProgress(null);
    if (!result.reason) onClear();
    await refresh();
    tellBulk(kind, result, refresh);
  };
  return {
    run: (action: string, values?: object) => void run(action, values),
    busy: progress !== null,
    bar: {
      size: sizeOf(chosen),
      progress,
      whole: offers ? total : null,
      onWhole: () => setWhole(true),
      onClear,
    },
  };
}

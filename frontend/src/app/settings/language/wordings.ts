import { useInfiniteQuery } from "@tanstack/react-query";
import type { Wordings } from "../../../api/language";
import { get } from "../../../api/request";
import { cache } from "../../../core/session/cache";

export const CASES = ["language", "cases"];
export const WORDINGS = ["language", "wordings"];

/** Who has said how a phrase reads: empty for all of them. */
export type ToldBy = "" | "person" | "morpher";

export const refreshWords = () =>
  Promise.all([
    cache.invalidateQueries({ queryKey: CASES }),
    cache.invalidateQueries({ queryKey: WORDINGS }),
  ]);

/** The company's dictionary, the newest first, page by page. */
export function useWordings(toldBy: ToldBy) {
  return useInfiniteQuery({
    queryKey: [...WORDINGS, toldBy],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const query: Record<string, string> = {};
      if (toldBy) query.told_by = toldBy;
      if (pageParam) query.cursor = pageParam;
      return get<Wordings>("language/wordings/", { query, signal });
    },
    getNextPageParam: (page) => page.next,
  });
}

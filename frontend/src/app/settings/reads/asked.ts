import { useInfiniteQuery } from "@tanstack/react-query";
import type { Person } from "../../../api/contract";
import type { ReadsPage } from "../../../api/reads";
import { get } from "../../../api/request";

/** What the log is narrowed by; days as a date field has them. */
export interface Asked {
  kind: string;
  reader: Person | null;
  whose: Person | null;
  since: string;
  until: string;
}

export const ALL: Asked = { kind: "", reader: null, whose: null, since: "", until: "" };

/** A day is the person's own, from its beginning to its end. */
const edge = (day: string, time: string): string =>
  day ? new Date(`${day}T${time}`).toISOString() : "";

export const queryOf = (asked: Asked) => ({
  kind: asked.kind,
  reader: asked.reader?.id,
  whose: asked.whose?.id,
  at__gte: edge(asked.since, "00:00:00"),
  at__lte: edge(asked.until, "23:59:59.999"),
});

export function useReads(asked: Asked) {
  const query = queryOf(asked);
  return useInfiniteQuery({
    queryKey: ["reads", query],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      get<ReadsPage>("reads/", { query: { ...query, cursor: pageParam } }),
    getNextPageParam: (page) => page.next,
  });
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { get } from "../../api/request";
import type { CardKind } from "../entities/kind";
import type { ListQuery } from "../lists/pages";
import { useFresh } from "./board";
import type { Day } from "./days";

/** The days of a window with their cards, kept fresh by the socket. */
export function useCalendar<R>(kind: CardKind, days: string[], query: ListQuery) {
  const [from, to] = [days[0], days.at(-1)];
  const key = useMemo(
    () => [kind.code, "calendar", from, to, query] as const,
    [kind, from, to, query],
  );
  const result = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => {
      const { ordering: _, ...filters } = query;
      const asked = { query: { ...filters, from, to }, signal };
      return get<{ days: Day<R>[] }>(`${kind.path}/calendar/`, asked);
    },
    placeholderData: keepPreviousData,
  });
  const { refetch } = result;
  useFresh(
    kind,
    useCallback(() => void refetch(), [refetch]),
  );
  return { ...result, key };
}

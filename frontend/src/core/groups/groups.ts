import { useQuery } from "@tanstack/react-query";
import type { SavedView, SavedViews } from "../../api/contract";
import type {
  CardGroupOut,
  CardGroupsOut,
  ViewCountsOut,
} from "../../api/generated/company/types.gen";
import { get } from "../../api/request";
import { countText } from "../../ui/format";
import { type CardKind, keys } from "../entities/kind";

/** How the views of a list are had. */
export const viewsOf = (kind: CardKind) => ({
  queryKey: keys.views(kind),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<SavedViews>("views/", { query: { kind: kind.code }, signal }),
});

/** The views of a list; a list whose views cannot be had goes on without them. */
export const useViews = (kind: CardKind) => useQuery(viewsOf(kind));

/** Views that may stand where a set of cards is asked for; those shut to the reader are not offered. */
export function useGroupViews(kind: CardKind): SavedView[] {
  const views = useViews(kind).data?.results ?? NONE;
  return views.filter((view) => view.is_group && !view.is_shut);
}

const NONE: SavedView[] = [];

/** What the groups of a condition are called. */
export function useGroupNames(kind: CardKind, text: string | undefined): string {
  const views = useViews(kind).data?.results ?? NONE;
  const ids = (text ?? "").split(",").filter(Boolean);
  return ids.map((id) => views.find((one) => String(one.id) === id)?.title ?? `№ ${id}`).join(", ");
}

/** The groups that hold a card now. */
export function useCardGroups(kind: CardKind, id: number): CardGroupOut[] {
  const query = useQuery({
    queryKey: keys.groups(kind, id),
    queryFn: ({ signal }) => get<CardGroupsOut>(`${kind.path}/${id}/groups/`, { signal }),
  });
  return query.data?.results ?? [];
}

/** Figures beside the names of views, in words, by the view's id; they follow the list as its own counts do. */
export function useViewCounts(kind: CardKind): Map<number, string> {
  const counted = useViews(kind).data?.counted ?? [];
  const query = useQuery({
    queryKey: [...keys.counts(kind), "views", counted.join(",")],
    enabled: counted.length > 0,
    staleTime: 10_000,
    queryFn: ({ signal }) =>
      get<ViewCountsOut>("views/counts/", { query: { kind: kind.code }, signal }),
  });
  const rows = counted.length > 0 ? (query.data?.results ?? []) : [];
  return new Map(
    rows.map(({ id, count, is_exact }) => [id, countText(count) + (is_exact ? "" : "+")]),
  );
}

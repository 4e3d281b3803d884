import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { Summary, SummaryGroup } from "../../api/contract";
import { get } from "../../api/request";
import { type CardKind, keys } from "../entities/kind";
import type { ListQuery } from "./pages";

/** Words of a list's query that are not the server's: how it is walked group after group. */
export const WALK = "walk";
const BETWEEN = "\n";

/** Figures of the rows that a list is narrowed to, and of its groups. */
export function useSummary(
  kind: CardKind,
  query: ListQuery,
  group: string | undefined,
  enabled = true,
) {
  const { ordering: _order, with: _with, ...narrowed } = query;
  const asked = group ? { ...narrowed, group } : narrowed;
  return useQuery({
    enabled,
    queryKey: [...keys.summary(kind), asked],
    queryFn: ({ signal }) => get<Summary>(`${kind.path}/summary/`, { query: asked, signal }),
    placeholderData: keepPreviousData,
  });
}

/** A list that is read group after group. */
export interface Grouped {
  groups: SummaryGroup[];
  folded: ReadonlySet<string>;
  fold: (value: string) => void;
}

const NOBODY: ReadonlySet<string> = new Set();

type Figures = Pick<ReturnType<typeof useSummary>, "data" | "isPending" | "isPlaceholderData">;

/**
 * How a list is read by groups. Until its figures have come nothing is asked for; when there are
 * too many rows to tell the groups the list is read as it is.
 */
export function useGroups(plain: ListQuery, group: string | undefined, figures: Figures) {
  const { folded, fold } = useFolded(group);
  const waits = group !== undefined && (figures.isPending || figures.isPlaceholderData);
  const groups = group && !waits ? figures.data?.groups : null;
  const grouped = useMemo(() => (groups ? { groups, folded, fold } : null), [groups, folded, fold]);
  const walk = group && grouped ? walkOf(grouped) : undefined;
  const query = useMemo<ListQuery>(() => {
    if (!group || (walk === undefined && !waits)) return plain;
    return { ...plain, group, [WALK]: walk ?? "" };
  }, [plain, group, walk, waits]);
  return { grouped, query, waits };
}

/** The rows on the screen are still those of the list before it fell into groups. */
export const isBefore = (rows: object[], grouped: Grouped | null): boolean =>
  grouped !== null && rows[0] !== undefined && !("in_group" in rows[0]);

/** Which groups are folded; another grouping begins with all of them open. */
function useFolded(group: string | undefined) {
  const [state, setState] = useState({ group, folded: NOBODY });
  const folded = state.group === group ? state.folded : NOBODY;
  const fold = useCallback(
    (value: string) =>
      setState((before) => {
        const next = new Set(before.group === group ? before.folded : NOBODY);
        if (!next.delete(value)) next.add(value);
        return { group, folded: next };
      }),
    [group],
  );
  return useMemo(() => ({ folded, fold }), [folded, fold]);
}

/** The groups that are open, in their order. */
const walkOf = ({ groups, folded }: Grouped): string =>
  groups
    .map((one) => one.value)
    .filter((value) => !folded.has(value))
    .join(BETWEEN);

/** Where a page of a walk begins: in which group, and at which cursor of the group's own list. */
export interface Step {
  value: string;
  cursor: string | null;
}

export function stepOf(walk: string, cursor: string | null): Step | null {
  if (cursor === null) {
    const [first] = walk.split(BETWEEN);
    return first ? { value: first, cursor: null } : null;
  }
  const [value = "", inner] = cursor.split(BETWEEN);
  return { value, cursor: inner || null };
}

/** Where the next page of a walk begins: further in the group, or in the one behind it. */
export function stepAfter(walk: string, value: string, next: string | null): string | null {
  if (next) return value + BETWEEN + next;
  const all = walk.split(BETWEEN);
  const following = all[all.indexOf(value) + 1];
  return following && all.includes(value) ? following + BETWEEN : null;
}

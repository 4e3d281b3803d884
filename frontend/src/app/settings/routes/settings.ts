import { useQuery } from "@tanstack/react-query";
import type { CardKinds, Page } from "../../../api/contract";
import { del, get, patch, post, put } from "../../../api/request";
import type {
  ApprovalList,
  Condition,
  Figure,
  Replay,
  Route,
  RoutedKind,
  RouteLine,
  RouteVersion,
  TriedStage,
} from "../../../api/routes";
import { cache } from "../../../core/session/cache";
import type { Scheme } from "./scheme";

/** Routes and approval lists as they are set up: what is asked of the server and told to it. */

const KEY = "route-settings";

async function whole<T>(path: string, query: Record<string, string>): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Page<T> = await get<Page<T>>(path, { query: { ...query, cursor, limit: 200 } });
    found.push(...page.results);
    cursor = page.next;
  }
  return found;
}

export const useRoutedKinds = () =>
  useQuery({
    queryKey: [KEY, "kinds"],
    queryFn: async () => (await get<{ results: RoutedKind[] }>("routes/kinds/")).results,
  });

/** Types of cards of a kind that the company has made; the kind's own stands for «any». */
export const useTypes = (kind: string) =>
  useQuery({
    queryKey: ["card-kinds"],
    queryFn: () => get<CardKinds>("card-kinds/"),
    select: (known) =>
      known.results
        .find((one) => one.code === kind)
        ?.types.filter((one) => !one.is_archived && one.code !== "") ?? [],
  });

export const useRoutes = (kind: string) =>
  useQuery({
    queryKey: [KEY, "of", kind],
    queryFn: () => whole<RouteLine>("routes/", { kind }),
  });

export const useRoute = (id: number) =>
  useQuery({ queryKey: [KEY, "one", id], queryFn: () => get<Route>(`routes/${id}/`) });

export const useVersions = (id: number) =>
  useQuery({
    queryKey: [KEY, "versions", id],
    queryFn: () => whole<RouteVersion>(`routes/${id}/versions/`, {}),
  });

export const useFigures = (id: number) =>
  useQuery({
    queryKey: [KEY, "figures", id],
    queryFn: async () => (await get<{ results: Figure[] }>(`routes/${id}/figures/`)).results,
  });

export const useLists = (kind: string) =>
  useQuery({
    queryKey: [KEY, "lists", kind],
    queryFn: () => whole<ApprovalList>("approval-lists/", { kind }),
  });

/** What the server says of a condition that is being written. */
export const useCondition = (kind: string, condition: string) =>
  useQuery({
    queryKey: [KEY, "condition", kind, condition],
    enabled: condition.trim() !== "",
    staleTime: 60_000,
    queryFn: () => post<Condition>("routes/conditions/", { kind, condition }, { reads: true }),
  });

export const refresh = (): Promise<void> => cache.invalidateQueries({ queryKey: [KEY] });

/** The route as a verb has answered it. */
function settled(route: Route): Route {
  cache.setQueryData([KEY, "one", route.id], route);
  void cache.invalidateQueries({ queryKey: [KEY, "of", route.kind] });
  void cache.invalidateQueries({ queryKey: [KEY, "versions", route.id] });
  return route;
}

export interface Told {
  title: string;
  card_type: string;
  condition: string;
  by_hand: boolean;
}

export const makeRoute = async (kind: string, told: Partial<Told>) =>
  settled(await post<Route>("routes/", { kind, ...told }));

type Standing = Pick<Route, "id" | "version">;

export const changeRoute = async (route: Standing, told: Partial<Told> & { place?: number }) =>
  settled(await patch<Route>(`routes/${route.id}/`, told, { ifMatch: route.version }));

export async function archiveRoute(id: number): Promise<void> {
  await del(`routes/${id}/`);
  await refresh();
}

export const saveDraft = async (route: Standing, scheme: Scheme) =>
  settled(await put<Route>(`routes/${route.id}/draft/`, scheme, { ifMatch: route.version }));

export const publish = async (route: Standing) =>
  settled(await post<Route>(`routes/${route.id}/publish/`, {}, { ifMatch: route.version }));

export interface Asked {
  initiator: number;
  values: Record<string, unknown>;
  draft: boolean;
}

export const tryRoute = async (id: number, asked: Asked) =>
  (await post<{ stages: TriedStage[] }>(`routes/${id}/trial/`, asked, { reads: true })).stages;

export const replayRoute = (id: number) => get<Replay>(`routes/${id}/replay/`);

/** Two neighbours change places. */
export async function swap(one: RouteLine, other: RouteLine): Promise<void> {
  const place = one.place === other.place ? other.place + 1 : other.place;
  await changeRoute(one, { place });
  await changeRoute(other, { place: one.place });
  await refresh();
}

export async function saveList(
  kind: string,
  list: ApprovalList | null,
  told: { title: string; card_type: string; people: number[] },
): Promise<void> {
  if (list) {
    const { title, people } = told;
    await put(`approval-lists/${list.id}/`, { title, people }, { ifMatch: list.version });
  } else await post("approval-lists/", { kind, ...told });
  await refresh();
}

export async function archiveList(id: number): Promise<void> {
  await del(`approval-lists/${id}/`);
  await refresh();
}

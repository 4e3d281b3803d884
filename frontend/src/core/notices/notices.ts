import { type InfiniteData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Notice, Notices, Wishes } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, post } from "../../api/request";
import { complain } from "../../ui/toast";
import { cache } from "../session/cache";

export type Channel = "mail" | "telegram" | "sms";
export const EXTRA: Channel[] = ["mail", "telegram", "sms"];

const ROOT = ["notices"] as const;
const UNREAD = [...ROOT, "unread"] as const;
const FEED = [...ROOT, "feed"] as const;
/** The server counts no further. */
const MOST = 99;
const PAGE = 30;

type Pages = InfiniteData<Notices, string | null>;

export const unreadText = (count: number): string => (count > MOST ? `${MOST}+` : String(count));

export function useUnread(): number {
  const query = useQuery({
    queryKey: UNREAD,
    queryFn: async () => (await get<{ unread: number }>("notices/unread/")).unread,
    // The socket rings; this is for a line that was down.
    refetchInterval: 120_000,
  });
  return query.data ?? 0;
}

/** Which channels the company has; asked only by whom it concerns. */
export function useReach(enabled: boolean): Wishes["reach"] | undefined {
  const query = useQuery({
    queryKey: [...ROOT, "settings"],
    queryFn: () => get<Wishes>("notices/settings/"),
    enabled,
  });
  return query.data?.reach;
}

export function useNotices(onlyUnread: boolean) {
  return useInfiniteQuery({
    queryKey: [...FEED, onlyUnread],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Notices>("notices/", {
        query: { cursor: pageParam, limit: PAGE, read_at__isnull: onlyUnread ? true : undefined },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  });
}

/** Shown at once; the answer of the server has the last word. */
async function markRead(wanted: (notice: Notice) => boolean, body: object): Promise<void> {
  const read_at = new Date().toISOString();
  let gone = 0;
  cache.setQueriesData<Pages>({ queryKey: FEED }, (data) => {
    if (!data) return data;
    gone = 0;
    const change = (notice: Notice) => {
      if (notice.read_at || !wanted(notice)) return notice;
      gone += 1;
      return { ...notice, read_at };
    };
    const pages = data.pages.map((page) => ({ ...page, results: page.results.map(change) }));
    return { ...data, pages };
  });
  cache.setQueryData<number>(UNREAD, (count) => Math.max(0, (count ?? 0) - gone));
  try {
    const { unread } = await post<{ unread: number }>("notices/read/", body);
    cache.setQueryData<number>(UNREAD, unread);
  } catch (error) {
    complain(sentenceOf(error));
    await cache.invalidateQueries({ queryKey: ROOT });
  }
}

export const readOne = (notice: Notice): Promise<void> =>
  markRead((one) => one.id === notice.id, { ids: [notice.id] });

export const readAll = (): Promise<void> => markRead(() => true, {});

/** Whoever has opened the card has seen what it was about. */
export function readAbout(ref: string): void {
  if ((cache.getQueryData<number>(UNREAD) ?? 0) === 0) return;
  void markRead((one) => one.ref === ref, { ref });
}

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { BadRow, FixedCell, Import, ImportKind, ImportRow, Page } from "../../api/contract";
import { get, patch, post } from "../../api/request";
import { sendBytes } from "../attachments/send";
import { cache } from "../session/cache";

const LOOK_AGAIN_MS = 600;
const AT_WORK: Import["state"][] = ["reading", "checking", "running", "undoing"];

export const isAtWork = (state: Import["state"]): boolean => AT_WORK.includes(state);

const isAwaited = (one: Import): boolean => isAtWork(one.state) || one.bad_file === "writing";

const keyOf = (id: number) => ["imports", "one", id];
const badKey = (id: number) => ["imports", "bad", id];

/** What I may make from files. */
export function useImportKinds() {
  return useQuery({
    queryKey: ["imports", "kinds"],
    queryFn: async () => (await get<{ results: ImportKind[] }>("imports/kinds/")).results,
    staleTime: 60_000,
  });
}

export function useImports(enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ["imports", "all"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      get<Page<ImportRow>>("imports/", { query: { cursor: pageParam, limit: 20 } }),
    getNextPageParam: (page) => page.next,
    enabled,
  });
}

/** One import, asked for again while the server works on it. */
export function useImport(id: number) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () => get<Import>(`imports/${id}/`),
    refetchInterval: (query) =>
      query.state.data && isAwaited(query.state.data) ? LOOK_AGAIN_MS : false,
  });
}

/** Rows that cannot be read, as far as they have been scrolled to. */
export function useBadRows(id: number) {
  return useInfiniteQuery({
    queryKey: badKey(id),
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      get<{ results: BadRow[]; next: number | null }>(`imports/${id}/problems/`, {
        query: { after: pageParam, limit: 50 },
      }),
    getNextPageParam: (page) => page.next,
  });
}

/** Send a file up and have it read; its import's number. */
export async function bring(
  kind: string,
  file: File,
  onProgress: (share: number) => void,
): Promise<number> {
  const { id, upload } = await post<{ id: number; upload: Parameters<typeof sendBytes>[1] }>(
    "imports/",
    { kind, name: file.name, size: file.size, content_type: file.type },
  );
  await sendBytes(file, upload, onProgress);
  keep(await post<Import>(`imports/${id}/complete/`));
  return id;
}

export interface Choice {
  sheet?: number;
  mapping?: Record<string, string>;
  twins?: string;
}

export const choose = async (id: number, choice: Choice) =>
  keep(await patch<Import>(`imports/${id}/`, choice));

export const check = async (id: number) => {
  cache.removeQueries({ queryKey: badKey(id) });
  keep(await post<Import>(`imports/${id}/check/`));
};

export const run = async (id: number, leaveBad: boolean) =>
  keep(await post<Import>(`imports/${id}/run/`, { leave_bad: leaveBad }));

/** Have all rows that cannot be read written to a file. */
export const writeBadRows = async (id: number) =>
  keep(await post<Import>(`imports/${id}/bad-rows/`));

export const undo = async (id: number, leaveWorked: boolean) =>
  keep(await post<Import>(`imports/${id}/undo/`, { leave_worked: leaveWorked }));

/** Type over a cell; the row as it stands then, null when it can be read. */
export async function fixCell(
  id: number,
  row: number,
  column: string,
  text: string,
): Promise<BadRow | null> {
  const fixed = await patch<FixedCell>(`imports/${id}/cells/`, { row, column, text });
  const { good_count, bad_count } = fixed;
  // The file of bad rows was that of former ones.
  cache.setQueryData<Import>(
    keyOf(id),
    (one) => one && { ...one, good_count, bad_count, bad_file: "none" },
  );
  return fixed.problem;
}

function keep(now: Import): void {
  cache.setQueryData(keyOf(now.id), now);
  void cache.invalidateQueries({ queryKey: ["imports", "all"] });
}

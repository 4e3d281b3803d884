import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AuthState, Me } from "../../api/contract";
import { ApiProblem } from "../../api/problem";
import { get, post, setCsrf } from "../../api/request";
import { wearAccent } from "../../ui/theme";
import { cache } from "./cache";

const STATE = ["auth", "state"];
const ME = ["me"];

export function useAuthState() {
  return useQuery({
    queryKey: STATE,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const state = await get<AuthState>("auth/state/", { anonymous: true });
      setCsrf(state.csrf_token ?? "");
      wearAccent(state.company.accent || null);
      return state;
    },
  });
}

async function loadMe(): Promise<Me> {
  const me = await get<Me>("me/").catch((problem: unknown) => {
    // Let in a moment ago, and no more: the door is shown again, and says why.
    if (problem instanceof ApiProblem && problem.status === 401) {
      void cache.resetQueries({ queryKey: STATE });
    }
    throw problem;
  });
  setCsrf(me.csrf_token ?? "");
  wearAccent(me.company.accent || null);
  return me;
}

const ME_QUERY = { queryKey: ME, queryFn: loadMe, staleTime: Number.POSITIVE_INFINITY };

/** Who works here; only inside the signed-in part of the application. */
export function useMe(): Me {
  return useSuspenseQuery(ME_QUERY).data;
}

/** Who works in this browser now, for a page that needs nobody; null when nobody does, empty
 * when his name cannot be told, undefined until it is known. */
export function useVisitor(): string | null | undefined {
  const state = useAuthState().data;
  const isIn = state?.signed_in === true;
  const me = useQuery({ ...ME_QUERY, enabled: isIn });
  if (state && !isIn) return null;
  return me.isError ? "" : me.data?.full_name;
}

/** Who has signed in, for what is no part of a screen; undefined until it is known. */
export const meNow = (): Me | undefined => cache.getQueryData<Me>(ME);

export const refreshMe = (): Promise<void> => cache.invalidateQueries({ queryKey: ME });

const RECOUNT_MS = 1000;
let recounting = false;

/** A card has changed: the figures of the menu are asked again, once for a run of changes. */
export function recount(): void {
  if (recounting) return;
  recounting = true;
  window.setTimeout(() => {
    recounting = false;
    void refreshMe();
  }, RECOUNT_MS);
}

/** May this person do it at least somewhere; the server decides about each card. */
export function may(me: Me, permission: string): boolean {
  return me.is_admin || permission in me.permissions;
}

export type FieldLevel = "write" | "read" | "hidden";

/** What this person's roles let him do with a field of every card of a kind. */
export function useFieldLevels(kind: string): (field: string) => FieldLevel {
  const limits = useMe().field_limits[kind];
  return (field) => limits?.[field] ?? "write";
}

const NOTHING: ReadonlySet<string> = new Set();

/** Fields that this person's roles hide from him: neither they nor what is counted by them are on the screen. */
export function useHiddenFields(kind: string): ReadonlySet<string> {
  const limits = useMe().field_limits[kind];
  return useMemo(() => {
    const names = Object.keys(limits ?? {}).filter((field) => limits?.[field] === "hidden");
    return names.length > 0 ? new Set(names) : NOTHING;
  }, [limits]);
}

/** After a fresh sign-in: forget what the former visitor saw and look again. */
export async function enter(csrf: string): Promise<void> {
  setCsrf(csrf);
  cache.removeQueries({ queryKey: ME });
  await cache.resetQueries({ queryKey: STATE });
}

/** Sign out and forget all that was seen; the page that is opened then knows nobody. */
export async function leave(address = "/"): Promise<void> {
  await post("auth/sign-out/");
  window.location.assign(address);
}

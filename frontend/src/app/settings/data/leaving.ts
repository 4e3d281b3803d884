import { useQuery } from "@tanstack/react-query";
import type { CompanyErasure, Takeouts } from "../../../api/leaving";
import { get } from "../../../api/request";

export const TAKEOUTS = ["takeouts"];
export const ERASURE = ["company", "erasure"];
const LOOK_AGAIN_MS = 1000;

/** Archives of the company; looked at again while one is being written. */
export function useTakeouts() {
  return useQuery({
    queryKey: TAKEOUTS,
    queryFn: () => get<Takeouts>("takeouts/"),
    refetchInterval: (query) =>
      query.state.data?.results.some((one) => one.state === "waiting") ? LOOK_AGAIN_MS : false,
  });
}

export function useErasure() {
  return useQuery({
    queryKey: ERASURE,
    queryFn: () => get<CompanyErasure>("company/erasure/"),
  });
}

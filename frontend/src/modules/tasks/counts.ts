import { useQuery } from "@tanstack/react-query";
import type { TaskCounts } from "../../api/contract";
import { get } from "../../api/request";
import { keys } from "../../core/entities/kind";
import { TASKS } from "./task";

/** How many open tasks stand behind each tab. */
export function useCounts() {
  return useQuery({
    queryKey: keys.counts(TASKS),
    queryFn: () => get<TaskCounts>("tasks/counts/"),
    staleTime: 10_000,
  });
}

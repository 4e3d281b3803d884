import { useQuery } from "@tanstack/react-query";
import type { Export } from "../../api/contract";
import { get } from "../../api/request";

const LOOK_AGAIN_MS = 700;

/** An export on its way: asked for again until the file is there. */
export function useExport(id: number | null) {
  return useQuery({
    queryKey: ["exports", id],
    queryFn: () => get<Export>(`exports/${id}/`),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.state === "waiting" ? LOOK_AGAIN_MS : false),
  });
}

/** Take a file that is ready; the page itself stays where it is. */
export function openFile(url: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.click();
}

/** The query of a list as its address has it. */
export const queryText = (query: Record<string, string>): string =>
  new URLSearchParams(query).toString();

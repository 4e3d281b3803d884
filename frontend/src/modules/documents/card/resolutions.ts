import { useQuery } from "@tanstack/react-query";
import type { Resolutions } from "../../../api/documents";
import { get } from "../../../api/request";
import { keys } from "../../../core/entities/kind";
import { DOCUMENTS } from "../document";

export const RESOLUTIONS = (id: number) => [...keys.card(DOCUMENTS, id), "resolutions"] as const;

export const useResolutions = (id: number) =>
  useQuery({
    queryKey: RESOLUTIONS(id),
    queryFn: ({ signal }) => get<Resolutions>(`documents/${id}/resolutions/`, { signal }),
  });

import { useQuery } from "@tanstack/react-query";
import type {
  CaseFile,
  CaseFiles,
  DocumentCounts,
  DocumentRules,
  DocumentTemplates,
  DocumentTypes,
} from "../../api/documents";
import { get } from "../../api/request";
import { keys } from "../../core/entities/kind";
import { DOCUMENTS } from "./document";

/** Small reference books of documents, read whole; every screen shares what was read. */

const FRESH_MS = 60_000;
export const TYPES = [DOCUMENTS.code, "types"] as const;
export const TEMPLATES = [DOCUMENTS.code, "templates"] as const;
export const CASE_FILES = [DOCUMENTS.code, "case-files"] as const;

/** Types with what they ask for, in the company's order; the kind's own first. */
export const useDocumentTypes = () =>
  useQuery({
    queryKey: TYPES,
    staleTime: FRESH_MS,
    queryFn: async (): Promise<DocumentRules[]> =>
      (await get<DocumentTypes>("document-types/")).results,
  });

/** What new documents begin with; those that were put away only for whoever sets them up. */
export const useTemplates = (archived = false) =>
  useQuery({
    queryKey: [...TEMPLATES, archived],
    staleTime: FRESH_MS,
    queryFn: () =>
      get<DocumentTemplates>("document-templates/", { query: archived ? { archived } : {} }),
  });

const PAGE = 200;
const PAGES_LIMIT = 10;

async function allFiles(year: number | null, signal: AbortSignal): Promise<CaseFile[]> {
  const all: CaseFile[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_LIMIT; page += 1) {
    const query = { year, cursor, limit: PAGE };
    const answer: CaseFiles = await get<CaseFiles>("case-files/", { query, signal });
    all.push(...answer.results);
    cursor = answer.next;
    if (!cursor) break;
  }
  return all;
}

/** The nomenclature of a year, or of all of them. */
export const useCaseFiles = (year: number | null = null, enabled = true) =>
  useQuery({
    queryKey: [...CASE_FILES, year],
    enabled,
    staleTime: FRESH_MS,
    queryFn: ({ signal }) => allFiles(year, signal),
  });

/** How many open documents stand behind each tab of the server's. */
export const useCounts = () =>
  useQuery({
    queryKey: keys.counts(DOCUMENTS),
    queryFn: () => get<DocumentCounts>("documents/counts/"),
    staleTime: 10_000,
  });

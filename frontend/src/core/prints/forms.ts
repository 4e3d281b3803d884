import { useQuery } from "@tanstack/react-query";
import type { PrintForms, PrintNames } from "../../api/prints";
import { get } from "../../api/request";
import type { CardKind } from "../entities/kind";

/** Print forms of a kind of card, all of them or those of one type. */

const FRESH_MS = 60_000;
export const FORMS = ["print-templates"] as const;

export const useForms = (kind: CardKind, type: string | null, enabled = true) =>
  useQuery({
    queryKey: [...FORMS, kind.code, type],
    enabled,
    staleTime: FRESH_MS,
    retry: false,
    queryFn: async ({ signal }) => {
      const query = { kind: kind.code, ...(type && { card_type: type }) };
      return (await get<PrintForms>("print-templates/", { query, signal })).results;
    },
  });

/** What may stand in places of a form, and how its value may be written. */
export const useFormNames = (kind: CardKind, enabled = true) =>
  useQuery({
    queryKey: [...FORMS, "names", kind.code],
    enabled,
    staleTime: FRESH_MS,
    queryFn: () => get<PrintNames>("print-templates/names/", { query: { kind: kind.code } }),
  });

const PIECE = 0x8000;

/** A file as the server takes it; a long one is told piece by piece. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(text);
}

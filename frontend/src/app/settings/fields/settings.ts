import { useQuery } from "@tanstack/react-query";
import type {
  CardKindSettings,
  CardKinds,
  FieldSettings,
  FormulaTrial,
  Page,
} from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { get, post, put } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import type { IconName } from "../../../ui/icon";
import { complain } from "../../../ui/toast";

const KINDS = ["card-kinds"];
const fieldsKey = (kind: string) => ["field-settings", kind];

export const useCardKinds = () =>
  useQuery({ queryKey: KINDS, queryFn: () => get<CardKinds>("card-kinds/") });

export const useFieldSettings = (kind: string) =>
  useQuery({
    queryKey: fieldsKey(kind),
    enabled: kind !== "",
    queryFn: async () =>
      (await get<{ results: FieldSettings[] }>("custom-fields/", { query: { kind } })).results,
  });

export const refreshKinds = () => cache.invalidateQueries({ queryKey: KINDS });
export const refreshFields = (kind: string) =>
  cache.invalidateQueries({ queryKey: fieldsKey(kind) });

export type FieldType = FieldSettings["type"];

export const ICONS: Record<FieldType, IconName> = {
  text: "file-text",
  number: "list-ordered",
  money: "chart-column",
  date: "calendar-clock",
  flag: "check",
  list: "list-checks",
  person: "user-round",
  card: "layout-grid",
  file: "paperclip",
  formula: "square-code",
};

/** Put a field behind another one; shown at once, in the order that the server has after it. */
export async function moveField(kind: string, rows: FieldSettings[], id: number, to: number) {
  const moved = rows.find((one) => one.id === id);
  if (!moved) return;
  const others = rows.filter((one) => one.id !== id);
  const before = others[to - 1];
  // A field takes the group of the one it comes behind; at the top that of the one below.
  const group = (before ?? others[0])?.group ?? moved.group;
  const order = [...others.slice(0, to), { ...moved, group }, ...others.slice(to)];
  cache.setQueryData<FieldSettings[]>(fieldsKey(kind), (all) => [
    ...order,
    ...(all ?? []).filter((one) => one.is_archived),
  ]);
  try {
    await put(`custom-fields/${id}/place/`, { after: before?.id ?? null, group });
  } catch (error) {
    complain(sentenceOf(error));
  }
  await refreshFields(kind);
}

interface Tried {
  id: number;
  title: string;
}

/** A card to try formulas on: the newest one, until another is chosen. */
export function useTrialCard(kind: CardKindSettings) {
  return useQuery({
    queryKey: ["field-trial-card", kind.code],
    staleTime: 60_000,
    queryFn: async (): Promise<Tried | null> => {
      const query = { limit: 1, ordering: "-created_at" };
      const page = await get<Page<{ id: number; title?: string; full_name?: string }>>(
        `${kind.plural}/`,
        { query },
      );
      const [first] = page.results;
      return first ? { id: first.id, title: first.title ?? first.full_name ?? "" } : null;
    },
  });
}

/** What the server says of a formula that is being written. */
export function useTrial(kind: string, formula: string, field: number | null, card: number | null) {
  return useQuery({
    queryKey: ["field-trial", kind, formula, field, card],
    enabled: formula.trim() !== "",
    staleTime: 10_000,
    queryFn: () => post<FormulaTrial>("custom-fields/trial/", { kind, formula, field, card }),
  });
}

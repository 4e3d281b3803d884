import { useInfiniteQuery } from "@tanstack/react-query";
import type { HistoryEntry, Page } from "../../api/contract";
import { get } from "../../api/request";
import { dateText, momentText } from "../../ui/format";
import { i18next } from "../../ui/texts";
import { type CardKind, keys } from "../entities/kind";
import "./words";

/** What happened to the card, newest page first; earlier pages come on demand. */
export function useHistory(kind: CardKind, id: number | string) {
  return useInfiniteQuery({
    queryKey: keys.history(kind, id),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<HistoryEntry>>(`${kind.path}/${id}/history/`, {
        query: { cursor: pageParam },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A stored value as a person reads it. */
function valueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "boolean") return i18next.t(value ? "history:yes" : "history:no");
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value === "object") {
    const named = value as { name?: string; title?: string };
    return named.name ?? named.title ?? "";
  }
  const text = String(value);
  if (DAY.test(text)) return dateText(`${text}T12:00:00`);
  return INSTANT.test(text) ? momentText(text) : text;
}

const LONG = 80;
const short = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);

/** Enough letters to see that «перенесла срок» has already named «Срок». */
const STEM = 4;

/** «Срок: 18.11.2026 → 20.11.2026»; the label is left out when the title has said it. */
export function changeText(change: HistoryEntry["changes"][number], title: string): string {
  const said = title.toLowerCase().includes(change.label.toLowerCase().slice(0, STEM));
  const named = said || change.field === "status" ? "" : change.label;
  return `${named}: ${differenceText(change)}`.replace(/^: /, "");
}

function differenceText(change: HistoryEntry["changes"][number]): string {
  const before = short(valueText(change.old));
  const after = short(valueText(change.new));
  if (!before) return after;
  if (!after) return i18next.t("history:cleared", { before });
  return i18next.t("history:change", { before, after });
}

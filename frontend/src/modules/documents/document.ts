import type { Direction, DocumentCard, DocumentRow, Secrecy } from "../../api/documents";
import type { CardKind } from "../../core/entities/kind";
import { toneOfColor } from "../../core/statuses/statuses";
import type { IconName } from "../../ui/icon";
import type { Tone } from "../../ui/marks";
import { i18next } from "../../ui/texts";
import "./words";

export const DOCUMENTS: CardKind = {
  code: "documents.document",
  path: "documents",
  route: "/documents",
  toneOf: (status) => toneOfStatus(status),
};

export type Row = DocumentRow;

/** What only the opened card says. */
type Opened = Omit<DocumentCard, keyof DocumentRow>;

/** A document opened; until it has loaded, only what its row knew is there. */
export type Doc = Row & Partial<Opened>;

export const STATUSES = [
  "draft",
  "on_route",
  "approved",
  "registered",
  "in_force",
  "archived",
  "cancelled",
] as const;
export type StatusCode = (typeof STATUSES)[number];

const TONES: Record<StatusCode, Tone> = {
  draft: "neutral",
  on_route: "violet",
  approved: "amber",
  registered: "blue",
  in_force: "green",
  archived: "neutral",
  cancelled: "red",
};

export const toneOfStatus = (status: string): Tone => TONES[status as StatusCode] ?? "neutral";

/** The company's own colour of where a document stands, else that of its base. */
export const toneOfRow = (row: Pick<Row, "status" | "own_status">): Tone =>
  toneOfColor(row.own_status?.color, toneOfStatus(row.status));

export const statusTitle = (code: StatusCode): string => i18next.t(`documents:status_${code}`);

export const ACTION_ICONS: Record<string, IconName> = {
  send: "send",
  register: "hash",
  submit: "arrow-right",
  back: "rotate-ccw",
  enact: "check",
  archive: "inbox",
  reopen: "rotate-ccw",
};

export const SECRECIES: Secrecy[] = ["", "office", "confidential"];

export const secrecyTitle = (code: Secrecy): string =>
  i18next.t(`documents:secrecy_${code || "open"}`);

export const DIRECTION_ICONS: Record<Direction, IconName> = {
  incoming: "inbox",
  outgoing: "send",
  internal: "file-text",
  contract: "book-open-check",
};

/** Ready types have words of their own for what they are for; those of the company are told by their direction. */
const TOLD = new Set([
  "incoming",
  "outgoing",
  "internal",
  "contract",
  "order",
  "memo",
  "minutes",
  "act",
  "power_of_attorney",
]);

export function purposeOf(type: { code: string; direction: Direction }): string {
  if (!type.code) return i18next.t("documents:for_own");
  const told = TOLD.has(type.code) ? `for_${type.code}` : `for_any_${type.direction}`;
  return i18next.t(`documents:${told}` as never) as unknown as string;
}

/** The code of a type as filters name it: the kind's own has none, and is called so. */
export const typeWord = (code: string): string => code || "own";

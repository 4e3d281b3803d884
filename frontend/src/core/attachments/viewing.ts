import type { Attachment } from "../../api/contract";
import { addressOf } from "../../api/request";
import { createStore } from "../../ui/store";
import type { CardKind } from "../entities/kind";

/** Which file of which card is looked at over the page. */
export interface Viewed {
  kind: CardKind;
  card: number | string;
  /** The file that is shown; an older version is no member of the card's list. */
  id: number;
}

export const viewed = createStore<Viewed | null>(null);

export const viewFile = (kind: CardKind, card: number | string, id: number): void =>
  viewed.set({ kind, card, id });

export type Look = "picture" | "pdf" | "text" | "none";

const TEXT_LIMIT = 1024 * 1024;
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** How a file can be shown without leaving the card. */
export function lookOf(file: Pick<Attachment, "content_type" | "size">): Look {
  if (PICTURES.has(file.content_type)) return "picture";
  if (file.content_type === "application/pdf") return "pdf";
  return file.content_type === "text/plain" && file.size <= TEXT_LIMIT ? "text" : "none";
}

/** For a frame; each is an address for a minute, given after the rights are checked again. */
export const shownAddress = (id: number): string =>
  addressOf(`attachments/${id}/content/`, { show: "true" });

export const savedAddress = (id: number): string =>
  addressOf(`attachments/${id}/content/`, { save: "true" });

/** Old programs write Russian texts in their own code page. */
export function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

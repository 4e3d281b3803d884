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

export type Look = "picture" | "pdf" | "table" | "document" | "text" | "none";

const MB = 1024 * 1024;
/** A larger one would hold the browser up for long. */
const DOCUMENT_LIMIT = 20 * MB;
const TABLE_LIMIT = 20 * MB;
const PLAIN = "text/plain";
const PACKED = "application/zip";
const OLD_BOOK = "application/vnd.ms-excel";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
/** Tables by their ending, with the types that the server gives them out with. */
const TABLES: Record<string, string[]> = {
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", PACKED],
  ods: ["application/vnd.oasis.opendocument.spreadsheet", PACKED],
  xlsm: [PACKED],
  xltx: [PACKED],
  xlsb: [PACKED],
  xls: [OLD_BOOK],
  csv: [PLAIN],
  tsv: [PLAIN],
};
/** Markup is given out as bytes, so that no browser runs it; its text may be read. */
const MARKUP = new Set(["xml", "html", "htm", "svg", "md", "txt", "log", "json"]);

const endingOf = (name: string): string =>
  name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";

/** How a file can be shown without leaving the card. */
export function lookOf({
  content_type: type,
  name,
  size,
}: Pick<Attachment, "content_type" | "name" | "size">): Look {
  const ending = endingOf(name);
  if (PICTURES.has(type)) return "picture";
  if (type === "application/pdf") return "pdf";
  if (TABLES[ending]?.includes(type) && size <= TABLE_LIMIT) return "table";
  if (type === WORD && size <= DOCUMENT_LIMIT) return "document";
  const isMarkup = type === "application/octet-stream" && MARKUP.has(ending);
  return type === PLAIN || isMarkup ? "text" : "none";
}

/** For a frame; each is an address for a minute, given after the rights are checked again. */
export const shownAddress = (id: number): string =>
  addressOf(`attachments/${id}/content/`, { show: "true" });

export const savedAddress = (id: number): string =>
  addressOf(`attachments/${id}/content/`, { save: "true" });

/** The beginning of a file, after the rights are checked again; `isWhole` when there is no more of it. */
export async function bytesOf(
  id: number,
  limit: number,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; isWhole: boolean }> {
  const path = addressOf(`attachments/${id}/content/`);
  const answer = await fetch(path, { credentials: "same-origin", signal });
  if (!answer.ok || !answer.body) throw new Error(String(answer.status));
  const reader = answer.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  if (size > limit) await reader.cancel();
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes: bytes.slice(0, limit), isWhole: size <= limit };
}

/** A sign of UTF-8 that the limit has cut in two is no reason to take the text for another encoding. */
function withoutTornEnd(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes;
    if (byte >= 0xc0) return bytes.slice(0, bytes.length - back);
  }
  return bytes;
}

/** Old programs write Russian texts in their own code page. */
export function decoded(bytes: Uint8Array<ArrayBuffer>, isWhole = true): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    const shown = isWhole ? bytes : withoutTornEnd(bytes);
    return new TextDecoder("utf-8", { fatal: true }).decode(shown);
  } catch {
    return new TextDecoder("windows-1251").decode(bytes);
  }
}

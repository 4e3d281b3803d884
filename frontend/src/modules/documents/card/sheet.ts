import type { Doc } from "../document";

/** What the picture of a signed sheet is called among the files. */
export function sheetName(doc: Pick<Doc, "number" | "title">, number: number, file: File): string {
  const ending = file.name.includes(".") ? file.name.slice(file.name.lastIndexOf(".")) : ".jpg";
  const whose = (doc.number || doc.title).replace(/[\\/:*?"<>|]+/g, "-").slice(0, 80);
  return `Подписанный лист ${whose}${number > 1 ? `, ${number}` : ""}${ending.toLowerCase()}`;
}

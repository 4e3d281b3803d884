import type { Import, ImportKind } from "../../api/contract";

/** By what cards that stand already are left out: as the person has said, else by the first sure column of the file. */
export function twinsOf(one: Import, kind: ImportKind, mapping: Record<string, string>): string {
  if (one.twins_chosen) return one.twins;
  const mapped = Object.values(mapping);
  return kind.twins.find((twin) => twin.is_sure && mapped.includes(twin.code))?.code ?? "";
}

/** Why nothing of a card is made of a column of our own file; nothing where the person may choose freely. */
export function whyUnread(kind: ImportKind, header: string, code: string | undefined) {
  const titled = code ? kind.columns.find((column) => column.code === code)?.title : header;
  const key = titled?.trim().toLowerCase();
  return kind.unread.find((told) => told.title.toLowerCase() === key)?.why;
}

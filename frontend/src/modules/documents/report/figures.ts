import type { ReportLine } from "../../../api/documents";
import { typeWord } from "../document";
import type { DocumentSearch } from "../query";

/** What the list is narrowed to when a figure is pressed: the same conditions by which it was counted. */

export const LATE = "late";

export const ofType = (code: string): DocumentSearch => ({ card_type: typeWord(code) });

/** Open and past its due moment. */
export const lateNow = (now = new Date()): DocumentSearch => ({
  state: "open",
  due_at__lte: now.toISOString(),
});

export const sumOf = (lines: ReportLine[], column: string): number =>
  lines.reduce(
    (sum, line) =>
      sum +
      (column === "total" ? line.total : column === LATE ? line.late : (line.counts[column] ?? 0)),
    0,
  );

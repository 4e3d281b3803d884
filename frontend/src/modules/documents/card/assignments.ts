import type { Person } from "../../../api/contract";
import { parseDue } from "../../../core/forms/due";

/** «Что — кому — когда»: lines of a resolution as they are being typed. */
export interface Line {
  key: number;
  title: string;
  person: Person | null;
  due: string;
}

let last = 0;

export function emptyLine(): Line {
  last += 1;
  return { key: last, title: "", person: null, due: "" };
}

export const isEmpty = (line: Line): boolean =>
  !line.title.trim() && !line.person && !line.due.trim();

/** A last line that is begun asks for one more under it. */
export function withSpare(lines: Line[]): Line[] {
  const end = lines.at(-1);
  return !end || !isEmpty(end) ? [...lines, emptyLine()] : lines;
}

export type Wrong = "needTitle" | "needPerson" | "wrongDue";

/** What is wrong with a line that has been begun; undefined when it may go. */
export function wrongIn(line: Line): Wrong | undefined {
  if (!line.title.trim()) return "needTitle";
  if (!line.person) return "needPerson";
  return line.due.trim() && !parseDue(line.due) ? "wrongDue" : undefined;
}

/** The lines as the server takes them; those that nobody has begun are left out. */
export const bodyOf = (lines: Line[]) =>
  lines
    .filter((line) => !isEmpty(line))
    .map((line) => ({
      title: line.title.trim(),
      assignee: line.person?.id,
      due_at: parseDue(line.due)?.toISOString() ?? null,
    }));

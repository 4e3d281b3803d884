import type { MinutesLine } from "../../../api/documents";
import { moved } from "../../../core/checklists/lines";
import type { Tone } from "../../../ui/marks";

/** Rules of the lines of minutes; no screen and no server. */

export type Line = MinutesLine;
export type LineSort = Line["sort"];

export const SORTS: readonly LineSort[] = ["task", "decision", "idea"];

export const SORT_TONES: Record<LineSort, Tone> = {
  task: "blue",
  decision: "green",
  idea: "amber",
};

/** Minutes hold no more lines than this, removed ones too: the server's own bound. */
export const MOST_LINES = 200;

export const livingOf = (lines: Line[]): Line[] => lines.filter((one) => one.removed === null);
export const removedOf = (lines: Line[]): Line[] => lines.filter((one) => one.removed !== null);

/** What has become a task is settled here. */
export const isSettled = (line: Line): boolean => line.has_started;

/** A task nobody is named for does not go along a route. */
export const lacksDoer = (line: Line): boolean =>
  line.sort === "task" && line.assignee === null && !isSettled(line);

/** Where a line goes by one step: all lines in their new order; null when there is nowhere to go. */
export function stepped(lines: Line[], id: number, step: 1 | -1): Line[] | null {
  const living = livingOf(lines);
  const at = living.findIndex((one) => one.id === id);
  const order = at < 0 ? null : moved(living, id, at + step);
  return order && [...order, ...removedOf(lines)];
}

/** Fields of a line as the server takes them, and as they are shown before its answer. */
export type Fields = Partial<Pick<Line, "sort" | "text" | "assignee" | "due_at">>;

export function bodyOf(fields: Fields): Record<string, unknown> {
  const { assignee, ...plain } = fields;
  return assignee === undefined ? plain : { ...plain, assignee: assignee?.id ?? null };
}

/** Another person has changed what is being written: of what he did not touch nothing has to be asked. */
export function isTouched(seen: Line, now: Line, fields: Fields): boolean {
  const plain = (line: Line) => bodyOf({ ...line });
  const [before, after] = [plain(seen), plain(now)];
  return Object.keys(fields).some((name) => before[name] !== after[name]);
}

export type Deed =
  | { deed: "sort"; sort: LineSort }
  | { deed: "move"; step: 1 | -1 }
  | { deed: "walk"; step: 1 | -1 }
  | { deed: "remove" }
  | { deed: "next" };

const DEEDS: Record<string, Deed> = {
  "alt+Digit1": { deed: "sort", sort: "task" },
  "alt+Digit2": { deed: "sort", sort: "decision" },
  "alt+Digit3": { deed: "sort", sort: "idea" },
  "alt+ArrowUp": { deed: "move", step: -1 },
  "alt+ArrowDown": { deed: "move", step: 1 },
  ArrowUp: { deed: "walk", step: -1 },
  ArrowDown: { deed: "walk", step: 1 },
  "ctrl+Backspace": { deed: "remove" },
  Enter: { deed: "next" },
};

/** What a chord means in a line (`chordOf` of ui/keys): by the place of the key, whatever the layout. */
export const deedOf = (chord: string): Deed | null => DEEDS[chord] ?? null;

import type { IconName } from "../../ui/icon";
import { inOtherLayout, plain } from "../../ui/layout";

/** One line of the palette that is no card: a place or a deed. */
export interface Command {
  key: string;
  title: string;
  note?: string;
  icon: IconName;
  /** Where it leads, when it only leads somewhere: it may be opened beside. */
  to?: string;
  run: () => void;
}

export interface Commands {
  /** Deeds of what is on the screen: the open card's buttons. */
  here?: Command[];
  places: Command[];
  deeds: Command[];
}

const WORDS = /[^\p{L}\p{N}]+/u;

/** How well a command answers: 3 it begins so, 2 its words begin so, 1 they hold it, 0 not at all. */
function worth(command: Command, text: string): number {
  const title = plain(command.title);
  const asked = plain(text.trim());
  if (!asked || title.startsWith(asked)) return 3;
  const words = plain(`${command.title} ${command.note ?? ""}`).split(WORDS);
  const wanted = asked.split(WORDS).filter(Boolean);
  if (wanted.length === 0) return 0;
  if (wanted.every((one) => words.some((word) => word.startsWith(one)))) return 2;
  return wanted.every((one) => one.length > 2 && words.some((word) => word.includes(one))) ? 1 : 0;
}

const rank = (command: Command, text: string): number =>
  Math.max(worth(command, text), worth(command, inOtherLayout(text)));

/** Commands that answer to the text in either layout, the nearest first. */
export function answering(commands: Command[], text: string): Command[] {
  return commands
    .map((command) => ({ command, rank: rank(command, text) }))
    .filter((one) => one.rank > 0)
    .sort((one, two) => two.rank - one.rank)
    .map((one) => one.command);
}

/** Whether somebody types the beginning of its name: such a command comes before cards. */
export const isNamed = (command: Command, text: string): boolean =>
  text.trim().length > 1 && rank(command, text) === 3;

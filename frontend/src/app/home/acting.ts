import type { CardAction, Home, HomeRow } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { offerWay } from "../../core/cards/refusal";
import type { CardKind } from "../../core/entities/kind";
import { cache } from "../../core/session/cache";
import { recount } from "../../core/session/session";
import type { HotKeys } from "../../ui/keys";
import { i18next } from "../../ui/texts";
import { complain, say } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import "./words";

/** What a line of «Мой день» can do without being opened. */

export const HOME = ["home"];

/** The place on the keyboard of each deed. */
export const KEYS: Record<string, string> = {
  accept: "A",
  start: "S",
  submit: "D",
  close: "F",
  return: "R",
};

/** Beyond two the words of the row would have no place. */
const MOST = 2;

/** What others are told of cannot be untold, so it waits while «Вернуть» is on screen. */
const WAITING = new Set(["submit", "close"]);

export const isReversible = (action: CardAction): boolean => WAITING.has(action.code);

export const offeredOn = (item: HomeRow): CardAction[] =>
  item.actions.filter((action) => action.kind !== "danger").slice(0, MOST);

/** Gone from the screen but not yet on the server: a refetch must not bring them back. */
const gone = new Set<string>();

export function withoutGone(home: Home): Home {
  if (gone.size === 0) return home;
  const sections = home.sections.map((section) => {
    const items = section.items.filter((item) => !gone.has(item.ref));
    return { ...section, items, count: section.count - (section.items.length - items.length) };
  });
  return { ...home, sections };
}

function refresh(kind: CardKind): Promise<unknown> {
  recount();
  return Promise.all([
    cache.invalidateQueries({ queryKey: HOME }),
    cache.invalidateQueries({ queryKey: [kind.code] }),
  ]);
}

const pathOf = (kind: CardKind, item: HomeRow, action: CardAction): string =>
  `${kind.path}/${item.id}/do/${action.code}/`;

const SAID = {
  accept: "home:doneAccept",
  start: "home:doneStart",
  submit: "home:doneSubmit",
  close: "home:doneClose",
  return: "home:doneReturn",
} as const;

const doneText = (item: HomeRow, action: CardAction): string =>
  i18next.t(SAID[action.code as keyof typeof SAID] ?? "home:done", { number: item.number });

export async function doNow(
  kind: CardKind,
  item: HomeRow,
  action: CardAction,
  text?: string,
): Promise<void> {
  const stay = keepPlace(item.ref);
  const send = (more: object = {}) =>
    post(pathOf(kind, item, action), { ...(text && { text }), ...more });
  try {
    await send();
  } catch (error) {
    if (offerWay(error, () => send({ anyway: true }).then(() => refresh(kind)))) return;
    throw error;
  }
  say(doneText(item, action));
  await refresh(kind);
  stay();
}

export function doLater(kind: CardKind, item: HomeRow, action: CardAction): void {
  const stay = keepPlace(item.ref);
  gone.add(item.ref);
  cache.setQueryData<Home>(HOME, (home) => home && withoutGone(home));
  window.setTimeout(stay);
  const back = () => {
    gone.delete(item.ref);
    return refresh(kind);
  };
  undoable(
    doneText(item, action),
    {
      commit: (leaving) => post(pathOf(kind, item, action), {}, { keepalive: leaving }).then(back),
      undo: back,
      failed: (error) => {
        const goOn = () => post(pathOf(kind, item, action), { anyway: true });
        if (!offerWay(error, () => goOn().then(() => refresh(kind)))) complain(sentenceOf(error));
        void back();
      },
    },
    "check",
  );
}

// The head of the queue stands over the day's own rows; one walk goes through both.
const ROW = "[data-testid=home-row],[data-testid=queue-line]";
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(ROW)];
const here = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>(ROW) ?? null;
const enter = (row: HTMLElement | undefined): void => row?.querySelector("a")?.focus();

/** A row that goes away leaves the focus to its neighbour. */
function keepPlace(ref: string): () => void {
  const before = rows();
  const at = before.findIndex((row) => row.dataset.ref === ref);
  if (at < 0 || before[at] !== here()) return () => undefined;
  return () => {
    const now = rows();
    enter(now.find((row) => row.dataset.ref === ref) ?? now[Math.min(at, now.length - 1)]);
  };
}

function move(step: number): void {
  const all = rows();
  const row = here();
  const at = row ? all.indexOf(row) + step : step > 0 ? 0 : all.length - 1;
  enter(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

const pressed = (code: string) => () =>
  here()
    ?.querySelector<HTMLButtonElement>(
      `[data-testid=home-action-${code}],[data-key-of="${KEYS[code]}"]`,
    )
    ?.click();

/** One key each: walk the rows, do what the row with the focus offers. */
export const HOME_KEYS: HotKeys = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  ...Object.fromEntries(Object.entries(KEYS).map(([code, key]) => [`Key${key}`, pressed(code)])),
};

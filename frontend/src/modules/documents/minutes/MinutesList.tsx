import type { KeyboardEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { chordOf } from "../../../ui/keys";
import { useStore } from "../../../ui/store";
import { LineRow } from "./LineRow";
import { deedOf, isSettled, type Line, MOST_LINES } from "./line";
import { changeLine, linesNow, moveLine, removeLine } from "./lines";
import { NewLine } from "./NewLine";
import { WaitingLines } from "./Waiting";
import { forget, type Written, written, writtenIn } from "./writing";
import "./words";

interface MinutesListProps {
  card: number;
  by: Written["by"];
  lines: Line[];
  /** All there are, removed ones too. */
  count: number;
  canWrite: boolean;
  canGive: boolean;
  onGive: (line: Line) => void;
}

const USUAL_LINE = 20;

/** A line of type may be walked out of when the caret has nowhere to go within it. */
function isAtEdge(box: HTMLTextAreaElement, step: 1 | -1): boolean {
  if (box.selectionStart !== box.selectionEnd) return false;
  const height = Number.parseFloat(getComputedStyle(box).lineHeight) || USUAL_LINE;
  const oneLine = box.clientHeight < 2 * height;
  return oneLine || box.selectionStart === (step < 0 ? 0 : box.value.length);
}

/** Lines as in a sheet: everything by keys, the same by buttons. */
export function MinutesList(props: MinutesListProps) {
  const { card, by, lines, canWrite } = props;
  const { t } = useTranslation("documents_minutes");
  const [said, setSaid] = useState("");
  const [taken, setTaken] = useState<Written | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const frame = useRef<HTMLFieldSetElement>(null);
  const waiting = writtenIn(useStore(written), card, by);
  const isFull = props.count + waiting.length >= MOST_LINES;

  /** To the words of the next or the former line; the empty one at the end is the last. */
  const walk = (from: HTMLElement, step: 1 | -1) => {
    const all = [...(frame.current?.querySelectorAll<HTMLTextAreaElement>(".min-text") ?? [])];
    const here = all.findIndex((one) => one.closest("[data-line]") === from);
    all[here + step]?.focus();
  };
  const move = (line: Line, step: 1 | -1) => {
    const at = moveLine(card, line.id, step);
    if (at === null) return;
    setSaid(t("moved", { at: at + 1, of: lines.length }));
    // A node that is put elsewhere loses the focus in some browsers.
    requestAnimationFrame(() =>
      frame.current
        ?.querySelector<HTMLTextAreaElement>(`[data-line="${line.id}"] .min-text`)
        ?.focus(),
    );
  };

  const press = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const at = event.target as HTMLElement;
    const row = frame.current?.contains(at) ? at.closest<HTMLElement>("[data-line]") : null;
    const deed = deedOf(chordOf(event));
    if (!row || !deed) return;
    const inText = at instanceof HTMLTextAreaElement;
    if (deed.deed === "walk") {
      if (!inText || !isAtEdge(at, deed.step)) return;
      event.preventDefault();
      return walk(row, deed.step);
    }
    const line = linesNow(card).find((one) => String(one.id) === row.dataset.line);
    if (!line || !canWrite || isSettled(line)) return;
    if (deed.deed === "next") {
      // InlineText has saved the words; a press upon a button is the button's.
      if (inText) walk(row, 1);
      return;
    }
    event.preventDefault();
    if (deed.deed === "sort") return void changeLine(card, line, { sort: deed.sort });
    if (deed.deed === "move") return move(line, deed.step);
    walk(row, 1);
    removeLine(card, line);
  };

  return (
    <fieldset ref={frame} className="min-box" aria-label={t("title")} onKeyDown={press}>
      {lines.length > 0 && (
        <div className="min-head f12 t3" aria-hidden>
          <span />
          <span />
          <span>{t("what")}</span>
          <span>{t("who")}</span>
          <span>{t("when")}</span>
          <span />
        </div>
      )}
      <ul className="min-lines" aria-label={t("title")}>
        {lines.map((line, at) => (
          <LineRow
            key={line.id}
            card={card}
            line={line}
            place={at + 1}
            canWrite={canWrite}
            onGive={
              props.canGive && line.sort !== "task" && !isSettled(line)
                ? () => props.onGive(line)
                : undefined
            }
          />
        ))}
        <WaitingLines
          lines={waiting}
          onCorrect={(one) => {
            forget(one.key);
            setTaken(one);
          }}
        />
      </ul>
      {canWrite && !isFull && (
        <NewLine card={card} by={by} box={box} taken={taken} onTaken={() => setTaken(null)} />
      )}
      {canWrite && isFull && <p className="hint">{t("full")}</p>}
      {canWrite && <p className="hint min-keys">{t("keys")}</p>}
      <span className="vh" aria-live="polite">
        {said}
      </span>
    </fieldset>
  );
}

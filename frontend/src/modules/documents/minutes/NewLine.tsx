import type { ClipboardEvent, KeyboardEvent, RefObject } from "react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { pointsIn } from "../../../core/checklists/lines";
import { DueInput } from "../../../core/forms/DueInput";
import { parseDue, typedDue } from "../../../core/forms/due";
import { PersonInput } from "../../../core/people/PersonInput";
import { IconButton } from "../../../ui/button";
import { chordOf } from "../../../ui/keys";
import { complain } from "../../../ui/toast";
import { deedOf, type LineSort } from "./line";
import { SortMark } from "./SortMark";
import { type Written, write } from "./writing";
import "./words";

interface NewLineProps {
  card: number;
  by: Written["by"];
  box: RefObject<HTMLTextAreaElement | null>;
  /** A line that was refused and is written anew. */
  taken: Written | null;
  onTaken: () => void;
}

/** The empty line at the end: «что — кому — когда», Enter, and the next one. */
export function NewLine({ card, by, box, taken, onTaken }: NewLineProps) {
  const { t } = useTranslation("documents_minutes");
  const [text, setText] = useState("");
  const [sort, setSort] = useState<LineSort | null>(null);
  const [person, setPerson] = useState<Person | null>(null);
  const [due, setDue] = useState("");

  useEffect(() => {
    if (!taken) return;
    setText(taken.said);
    setSort(taken.sort);
    setPerson(taken.person);
    setDue(taken.due ? typedDue(new Date(taken.due)) : "");
    onTaken();
    box.current?.focus();
  }, [taken, onTaken, box]);

  const send = (whole: string) => {
    const said = pointsIn(whole);
    if (said.length === 0) return void box.current?.focus();
    const at = parseDue(due);
    if (due.trim() && !at) return void complain(t("wrongDue"));
    for (const one of said) {
      write({ card, by, said: one, sort, person, due: at?.toISOString() ?? null });
    }
    setText("");
    setSort(null);
    setPerson(null);
    setDue("");
    box.current?.focus();
  };

  const press = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (!event.currentTarget.contains(event.target as Node)) return;
    const deed = deedOf(chordOf(event));
    if (deed?.deed === "sort") {
      event.preventDefault();
      setSort(deed.sort);
    } else if (deed?.deed === "next" && event.target instanceof HTMLElement) {
      // A press upon a button is the button's.
      if (event.target.closest("button")) return;
      event.preventDefault();
      send(text);
    }
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/\n./.test(pasted.trim())) return;
    event.preventDefault();
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    send(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  };

  return (
    <fieldset
      aria-label={t("newLine")}
      className="min-line min-new"
      onKeyDown={press}
      data-testid="minutes-new"
      data-line="new"
      data-begun={text || person || due ? true : undefined}
    >
      <span className="min-place t3">+</span>
      <SortMark sort={sort ?? "task"} onPick={setSort} />
      <div className="min-what">
        <textarea
          ref={box}
          rows={1}
          className="inline-text min-text"
          aria-label={t("newLine")}
          placeholder={t("newHint")}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onPaste={paste}
          data-testid="line-new"
        />
      </div>
      <div className="min-parts">
        <span className="min-who">
          <PersonInput
            label={t("who")}
            value={person}
            onPick={setPerson}
            data-testid="line-new-who"
          />
        </span>
        <span className="min-when">
          <DueInput label={t("when")} text={due} onChange={setDue} data-testid="line-new-when" />
        </span>
      </div>
      <span className="min-deeds">
        <IconButton
          icon="plus"
          small
          label={t("add")}
          disabled={!text.trim()}
          onClick={() => send(text)}
          data-testid="line-add"
        />
      </span>
    </fieldset>
  );
}

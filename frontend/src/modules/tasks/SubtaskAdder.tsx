import type { KeyboardEvent, RefObject } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Phrase, Subtasks } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { keys } from "../../core/entities/kind";
import { cache } from "../../core/session/cache";
import { Icon } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { TASKS, type Task } from "./task";
import "./words";

/** What a line says: the same words as in the window of a new task. */
async function readLine(text: string) {
  const phrase = await post<Phrase>("tasks/parse/", { text }, { reads: true });
  const person = phrase.pieces.find(
    (piece) => piece.kind === "person" && piece.people.length === 1,
  );
  const due = phrase.pieces.find((piece) => piece.kind === "due");
  return {
    title: phrase.title || text,
    assignee: person?.people[0]?.id ?? null,
    due_at: due?.due_at ?? null,
  };
}

interface AdderProps {
  task: Task;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** One line is one part; several pasted lines are several. */
export function SubtaskAdder({ task, box }: AdderProps) {
  const { t } = useTranslation("tasks");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);

  const send = async () => {
    const lines = text
      .split("\n")
      .map((line) => line.replace(/^\s*(?:[-–—•*]|\d+[.)])\s+/, "").trim())
      .filter(Boolean);
    if (lines.length === 0 || busy) return;
    setBusy(true);
    try {
      const subtasks = await Promise.all(lines.map(readLine));
      const made = await post<Subtasks>(`tasks/${task.id}/subtasks/`, { subtasks });
      setText("");
      cache.setQueryData(keys.parts(TASKS, task.id), made);
      await cache.invalidateQueries({ queryKey: [TASKS.code] });
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
      box.current?.focus();
    }
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
    if (event.key !== "Escape") return;
    event.stopPropagation();
    setText("");
    event.currentTarget.blur();
  };
  return (
    <div className="check-new">
      <Icon name={busy ? "loader" : "plus"} size={14} className={busy ? "spin" : ""} />
      <textarea
        ref={box}
        className="inline-text"
        rows={Math.min(6, text.split("\n").length)}
        aria-label={t("subtaskAdd")}
        placeholder={t("subtaskPlaceholder")}
        value={text}
        readOnly={busy}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        data-testid="subtask-new"
      />
    </div>
  );
}

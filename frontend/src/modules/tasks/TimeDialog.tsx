import { useInfiniteQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TimeEntry, TimePage } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, get, post } from "../../api/request";
import { keys } from "../../core/entities/kind";
import { PersonChip } from "../../core/people/PersonChip";
import { cache } from "../../core/session/cache";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextField } from "../../ui/field";
import { nearText } from "../../ui/format";
import { Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import { minutesIn, spanOf, TASKS, type Task } from "./task";
import "./words";

const refresh = (task: Task) => cache.invalidateQueries({ queryKey: keys.card(TASKS, task.id) });

/** Who has spent how much on the task, and one's own time by hand. */
export function TimeDialog({ task, onClose }: { task: Task; onClose: () => void }) {
  const { t } = useTranslation("tasks");
  const { t: ui } = useTranslation("ui");
  const query = useInfiniteQuery({
    queryKey: keys.time(TASKS, task.id),
    queryFn: ({ pageParam }) =>
      get<TimePage>(`tasks/${task.id}/time/`, { query: { cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const remove = (entry: TimeEntry) =>
    del(`time-entries/${entry.id}/`)
      .then(() => refresh(task))
      .catch((error) => complain(sentenceOf(error)));
  return (
    <Dialog title={t("timeTitle")} width={520} onClose={onClose}>
      <div className="stack">
        {task.can?.time && <TimeForm task={task} />}
        {query.isPending && <Waiting rows={3} />}
        {query.isError && (
          <Failed text={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && rows.length === 0 && <p className="hint">{t("timeEmpty")}</p>}
        <ul className="times">
          {rows.map((entry) => (
            <li key={entry.id} className="time-row" data-testid="time-entry">
              <PersonChip person={entry.person} />
              <span className="el grow t2 f13">{entry.note}</span>
              <span className="t3 f12 num">{nearText(entry.started_at)}</span>
              <b className="num">
                {entry.minutes === null ? t("timeRuns") : spanOf(entry.minutes)}
              </b>
              {entry.can_correct ? (
                <IconButton
                  icon="x"
                  size={14}
                  small
                  label={t("timeRemove")}
                  onClick={() => void remove(entry)}
                />
              ) : (
                <span />
              )}
            </li>
          ))}
        </ul>
        {query.hasNextPage && (
          <Button look="quiet" onClick={() => void query.fetchNextPage()}>
            {ui("more")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function TimeForm({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const [span, setSpan] = useState("");
  const [note, setNote] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const minutes = minutesIn(span);
    if (minutes === null) return setError(t("timeWrong"));
    setBusy(true);
    try {
      await post(`tasks/${task.id}/time/`, { minutes, note: note.trim() });
      setSpan("");
      setNote("");
      await refresh(task);
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="time-form" onSubmit={(event) => void send(event)} noValidate>
      <TextField
        label={t("timeMinutes")}
        placeholder={t("estimateHint")}
        value={span}
        error={error}
        autoComplete="off"
        onChange={(event) => {
          setSpan(event.target.value);
          setError("");
        }}
        data-autofocus
        data-testid="time-span"
      />
      <TextField
        label={t("timeNote")}
        value={note}
        autoComplete="off"
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
        data-testid="time-note"
      />
      <Button type="submit" busy={busy} data-testid="time-add">
        {t("timeAdd")}
      </Button>
    </form>
  );
}

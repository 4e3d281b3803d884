import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { Calendar } from "../../core/displays/Calendar";
import { useCalendar } from "../../core/displays/calendar";
import {
  type Day,
  dateOf,
  daysAround,
  daysBetween,
  keyOf,
  onDay,
  type Scale,
  shifted,
  turned,
} from "../../core/displays/days";
import { WindowBar } from "../../core/displays/WindowBar";
import { cache } from "../../core/session/cache";
import { dateText } from "../../ui/format";
import { Segmented } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import {
  hrefOfTask,
  type TaskDisplayProps,
  toneOfTask,
  useOpenTask,
  useTaskMoves,
} from "./TaskDisplays";
import { TASKS, type TaskRow } from "./task";
import "./words";

type Days = { days: Day<TaskRow>[] };

const MONTH = new Intl.DateTimeFormat("ru", { month: "long", year: "numeric" });

function titleOf(days: string[], scale: Scale, date: Date): string {
  if (scale === "week") {
    return `${dateText(dateOf(days[0]))} – ${dateText(dateOf(days.at(-1)))}`;
  }
  const title = MONTH.format(date).replace(" г.", "");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Tasks on the days they are due. */
export function TaskCalendar({ search, query, onChange, onShown }: TaskDisplayProps) {
  const { t } = useTranslation("displays");
  const { t: tasks } = useTranslation("tasks");
  const scale: Scale = search.scale === "week" ? "week" : "month";
  const date = dateOf(search.day);
  const day = keyOf(date);
  const days = useMemo(() => daysAround(dateOf(day), scale), [day, scale]);
  const calendar = useCalendar<TaskRow>(TASKS, days, query);
  const moves = useTaskMoves(() => void calendar.refetch());
  const open = useOpenTask();
  const { data, key } = calendar;
  useEffect(
    () => onShown(data?.days.flatMap((one) => one.results.map((card) => card.id)) ?? []),
    [data, onShown],
  );

  return (
    <>
      <WindowBar
        title={titleOf(days, scale, date)}
        onTurn={(by) => onChange({ day: keyOf(turned(date, scale, by)) })}
        onToday={() => onChange({ day: undefined })}
      >
        <Segmented<Scale>
          label={t("scale")}
          value={scale}
          options={[
            { value: "month", title: t("month") },
            { value: "week", title: t("week") },
          ]}
          onChange={(next) => onChange({ scale: next === "month" ? undefined : next })}
        />
      </WindowBar>
      {calendar.isPending && <Waiting rows={10} />}
      {calendar.isError && !data && (
        <Failed text={sentenceOf(calendar.error)} onRetry={() => void calendar.refetch()} />
      )}
      {data && (
        <Calendar<TaskRow>
          label={tasks("title")}
          days={data.days}
          scale={scale}
          month={date.getMonth()}
          toneOf={toneOfTask}
          hrefOf={hrefOfTask}
          hrefOfDay={(one) => hrefOfDay(one, query.tab)}
          onOpen={open}
          onMove={(card, from, to) => {
            const [move] = card.moves;
            if (!move || !card.due_at) return;
            const due = shifted(card.due_at, daysBetween(from, to));
            moves.start({
              card,
              move,
              sets: { due_at: due },
              show: () => {
                void cache.cancelQueries({ queryKey: key });
                const before = cache.getQueryData<Days>(key);
                cache.setQueryData<Days>(
                  key,
                  (now) => now && { days: onDay(now.days, card.id, to, due) },
                );
                return () => cache.setQueryData(key, before);
              },
            });
          }}
        />
      )}
      {moves.dialogs}
    </>
  );
}

/** The table of one day's tasks. */
export const hrefOfDay = (day: string, tab: string | undefined): string =>
  `${TASKS.route}?${new URLSearchParams({ display: "table", tab: tab ?? "all", due: day })}`;

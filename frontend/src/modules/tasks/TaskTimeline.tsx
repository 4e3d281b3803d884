import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { dateOf, keyOf, plusDays } from "../../core/displays/days";
import { slid, startOf, ZOOMS, type Zoom } from "../../core/displays/span";
import { Timeline } from "../../core/displays/Timeline";
import { useTimeline } from "../../core/displays/timeline";
import { WindowBar } from "../../core/displays/WindowBar";
import { useSummary } from "../../core/lists/groups";
import { useHiddenFields } from "../../core/session/session";
import { Button } from "../../ui/button";
import { countText, dateText } from "../../ui/format";
import { Segmented } from "../../ui/marks";
import { Empty, Failed, Waiting } from "../../ui/state";
import { hrefOfTask, type TaskDisplayProps, toneOfTask, useOpenTask } from "./TaskDisplays";
import { TASKS, type TaskRow } from "./task";
import "./words";

/** Tasks as bars from where they were given to where they are due. */
export function TaskTimeline({ search, query, onChange, onShown }: TaskDisplayProps) {
  const { t } = useTranslation("displays");
  const { t: tasks } = useTranslation("tasks");
  const asked = search.scale as Zoom;
  const zoom: Zoom = asked in ZOOMS ? asked : "day";
  const start = startOf(dateOf(search.day), zoom);
  const end = plusDays(start, ZOOMS[zoom].days - 1);
  const bars = useTimeline<TaskRow>(TASKS, keyOf(start), keyOf(end), query);
  const open = useOpenTask();
  const { rows } = bars;
  useEffect(() => onShown(rows.map((row) => row.id)), [rows, onShown]);

  return (
    <>
      <WindowBar
        title={`${dateText(start)} – ${dateText(end)}`}
        onTurn={(by) => onChange({ day: keyOf(slid(search.day, zoom, by)) })}
        onToday={() => onChange({ day: undefined })}
      >
        <Segmented<Zoom>
          label={t("scale")}
          value={zoom}
          options={[
            { value: "day", title: t("day") },
            { value: "week", title: t("week") },
            { value: "month", title: t("month") },
          ]}
          onChange={(next) => onChange({ scale: next === "day" ? undefined : next })}
        />
      </WindowBar>
      {search.due === undefined && <Undated query={query} onChange={onChange} />}
      {bars.isPending && <Waiting rows={10} />}
      {bars.isError && rows.length === 0 && (
        <Failed text={sentenceOf(bars.error)} onRetry={() => void bars.refetch()} />
      )}
      {bars.isSuccess && rows.length === 0 && (
        <Empty icon="gantt" title={t("noneInWindow")} text={t("noneInWindowText")} />
      )}
      {rows.length > 0 && (
        <Timeline<TaskRow>
          label={tasks("title")}
          rows={rows}
          arrows={bars.arrows}
          start={start}
          zoom={zoom}
          toneOf={toneOfTask}
          hrefOf={hrefOfTask}
          onOpen={open}
        />
      )}
      {bars.hasNextPage && (
        <div className="tl-more">
          <Button
            look="quiet"
            busy={bars.isFetchingNextPage}
            onClick={() => void bars.fetchNextPage()}
          >
            {t("moreBars")}
          </Button>
        </div>
      )}
    </>
  );
}

/** Cards without an end are no bars: how many there are, and the way to them. */
export function Undated({ query, onChange }: Pick<TaskDisplayProps, "query" | "onChange">) {
  const { t } = useTranslation("displays");
  const hidden = useHiddenFields(TASKS.code).has("due_at");
  const figures = useSummary(TASKS, { ...query, due_at__isnull: "true" }, undefined, !hidden).data;
  if (!figures?.count) return null;
  const count = `${countText(figures.count)}${figures.is_exact ? "" : "+"}`;
  return (
    <div className="tl-more">
      <button
        type="button"
        className="link f13"
        onClick={() => onChange({ display: "table", due: "none" })}
        data-testid="timeline-undated"
      >
        {t("undated", { count })}
      </button>
    </div>
  );
}

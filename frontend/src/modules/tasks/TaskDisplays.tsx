import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import type { OwnStatus } from "../../api/statuses";
import { Board } from "../../core/displays/Board";
import { showMoved, useBoard } from "../../core/displays/board";
import { type Column, idsOn, wayInto } from "../../core/displays/columns";
import type { Display } from "../../core/displays/display";
import { useMoves } from "../../core/displays/moving";
import type { ListQuery } from "../../core/lists/pages";
import { toneOfColor, useOwnStatuses } from "../../core/statuses/statuses";
import { momentText } from "../../ui/format";
import type { Tone } from "../../ui/marks";
import { Failed, Waiting } from "../../ui/state";
import { faceOf } from "./boardFace";
import { listOf, type StateChoice, type TaskSearch } from "./query";
import { TaskCalendar } from "./TaskCalendar";
import { TaskTimeline } from "./TaskTimeline";
import { TASKS, type TaskRow, toneOfRow, toneOfStatus } from "./task";
import "./words";

export interface TaskDisplayProps {
  search: TaskSearch;
  query: ListQuery;
  onChange: (next: TaskSearch) => void;
  /** The cards in sight, in their order: the opened one walks along them. */
  onShown: (ids: number[]) => void;
}

/** Tasks in any shape but a table. */
export function TaskDisplay({
  display,
  ...props
}: TaskDisplayProps & { display: Exclude<Display, "table"> }) {
  if (display === "board") return <TaskBoard {...props} />;
  if (display === "calendar") return <TaskCalendar {...props} />;
  return <TaskTimeline {...props} />;
}

/** Why a due moment is moved is asked as the card asks it: when the server wants to know. */
export function useTaskMoves(refresh: () => void) {
  const { t } = useTranslation("displays");
  const { t: tasks } = useTranslation("tasks");
  const titled = ({ due_at: due }: Record<string, unknown>) =>
    t("reason", { due: typeof due === "string" ? momentText(due) : tasks("noDue") });
  return useMoves<TaskRow>(TASKS, { due_reason: titled }, refresh);
}

/** A card opens over what it was pressed on. */
export function useOpenTask(): (card: TaskRow) => void {
  const navigate = useNavigate();
  return useCallback(
    (card) => void navigate({ to: `${TASKS.route}/${card.id}`, search: true } as never),
    [navigate],
  );
}

export const hrefOfTask = (card: TaskRow): string => `${TASKS.route}/${card.id}`;
export const toneOfTask = toneOfRow;

const COLUMN_TONES: Record<string, Tone> = {
  overdue: "red",
  today: "amber",
  urgent: "red",
  important: "amber",
};
const toneOfColumn = (column: Column<TaskRow>, own: OwnStatus[]): Tone => {
  const status = own.find((one) => String(one.id) === column.value);
  if (status) return toneOfColor(status.color, toneOfStatus(status.base));
  return COLUMN_TONES[column.value] ?? toneOfStatus(column.value);
};

/** Which state a stage belongs to; all others are open. */
const OVER: Record<string, StateChoice> = { closed: "done", cancelled: "cancelled" };
const BY_STATUS = ["status", "own_status"];

/** Whether the filter of states keeps out all that would stand in a column: it is empty for no want of cards. */
function isKeptOut(column: Column<TaskRow>, search: TaskSearch, own: OwnStatus[]): boolean {
  const state = search.state ?? "open";
  if (!BY_STATUS.includes(search.by ?? "status") || state === "all") return false;
  if (listOf(search.status).length > 0) return false;
  const base = own.find((one) => String(one.id) === column.value)?.base ?? column.value;
  return (OVER[base] ?? "open") !== state;
}

function TaskBoard({ search, query, onChange, onShown }: TaskDisplayProps) {
  const { t } = useTranslation("tasks");
  const { t: displays } = useTranslation("displays");
  const by = search.by ?? "status";
  const board = useBoard<TaskRow>(TASKS, by, query);
  const moves = useTaskMoves(() => void board.refetch());
  const open = useOpenTask();
  const own = useOwnStatuses(TASKS);
  const { data } = board;
  useEffect(() => onShown(idsOn(data)), [data, onShown]);

  if (board.isPending) return <Waiting rows={10} />;
  if (!data) {
    return <Failed text={sentenceOf(board.error)} onRetry={() => void board.refetch()} />;
  }
  return (
    <>
      <Board<TaskRow>
        label={t("title")}
        board={data}
        reading={board.reading}
        toneOf={(column) => toneOfColumn(column, own)}
        hrefOf={hrefOfTask}
        onOpen={open}
        faceOf={faceOf}
        whyEmpty={(column) =>
          isKeptOut(column, search, own) && (
            <>
              {t("keptOut")}{" "}
              <button type="button" className="link" onClick={() => onChange({ state: "all" })}>
                {t("keptOutShow")}
              </button>
            </>
          )
        }
        onFurther={board.further}
        onMoreColumns={board.moreColumns}
        onMove={(card, to, say) => {
          const move = wayInto(card, to);
          if (!move) return;
          moves.start({
            card,
            move,
            sets: to.sets ?? {},
            show: () => showMoved<TaskRow>(board.key, card.id, to.value),
            done: () => say(displays("dropped", { card: card.title, title: to.title })),
          });
        }}
      />
      {moves.dialogs}
    </>
  );
}

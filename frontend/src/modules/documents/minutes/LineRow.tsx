import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DuePicker } from "../../../core/forms/DuePicker";
import { InlineText } from "../../../core/forms/InlineText";
import { PersonChip } from "../../../core/people/PersonChip";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { Button, IconButton } from "../../../ui/button";
import { nearText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { Menu } from "../../../ui/menu";
import { isSettled, type Line, lacksDoer } from "./line";
import { changeLine, moveLine, removeLine } from "./lines";
import { SortMark } from "./SortMark";
import "./words";

interface LineRowProps {
  card: number;
  line: Line;
  /** Counted from 1, as people speak of it. */
  place: number;
  canWrite: boolean;
  onGive?: (() => void) | undefined;
}

/** One line of minutes: written where it stands, or the task that has come of it. */
export function LineRow({ card, line, place, canWrite, onGive }: LineRowProps) {
  const { t } = useTranslation("documents_minutes");
  const edits = canWrite && !isSettled(line);
  const isTask = line.sort === "task";
  return (
    <li
      className={isTask ? "min-line" : "min-line min-plain"}
      data-line={line.id}
      data-sort={line.sort}
      data-testid="minutes-line"
    >
      <span className="min-place num t3">{place}</span>
      <SortMark
        sort={line.sort}
        onPick={edits ? (sort) => void changeLine(card, line, { sort }) : undefined}
      />
      <div className="min-what">
        <InlineText
          label={t("of", { place })}
          className="min-text"
          value={line.text}
          readOnly={!edits}
          oneLine
          required
          onSave={(text, seen) => void changeLine(card, { ...line, text: seen }, { text })}
          data-testid="line-text"
        />
        {isSettled(line) && <Begun line={line} />}
      </div>
      {(isTask || line.assignee || line.due_at) && <Whose card={card} line={line} edits={edits} />}
      {edits && <Deeds card={card} line={line} place={place} />}
      {onGive && (
        <Button size="sm" className="min-give" onClick={onGive} data-testid="line-give">
          {t("give")}
        </Button>
      )}
    </li>
  );
}

function Whose({ card, line, edits }: { card: number; line: Line; edits: boolean }) {
  const { t } = useTranslation("documents_minutes");
  const due = line.task?.due_at ?? line.due_at;
  const nobody = lacksDoer(line) ? (
    <span className={edits ? "red" : "t3"}>{edits ? t("nobody") : "—"}</span>
  ) : (
    <span className="t3">—</span>
  );
  return (
    <>
      <span className="min-who">
        <PersonPicker
          label={line.assignee ? `${t("who")}: ${line.assignee.name}` : t("who")}
          chosen={line.assignee ? [line.assignee.id] : []}
          onPick={(assignee) => void changeLine(card, line, { assignee })}
          disabled={!edits}
          data-testid="line-who"
        >
          {line.assignee ? <PersonChip person={line.assignee} /> : nobody}
        </PersonPicker>
      </span>
      <span className="min-when num">
        <DuePicker
          label={due ? `${t("when")}: ${nearText(due)}` : t("when")}
          value={due ? new Date(due) : null}
          onPick={(at) => void changeLine(card, line, { due_at: at?.toISOString() ?? null })}
          disabled={!edits}
          data-testid="line-when"
        >
          {due ? <span>{nearText(due)}</span> : <span className="t3">{t("noDue")}</span>}
        </DuePicker>
      </span>
    </>
  );
}

/** The task of a line; who may not see it reads only that it has begun. */
function Begun({ line: { task } }: { line: Line }) {
  const { t } = useTranslation("documents_minutes");
  if (!task) return <span className="min-task f12 t3">{t("begun")}</span>;
  const isLate =
    task.state === "open" && task.due_at !== null && new Date(task.due_at) < new Date();
  return (
    <Link to={task.route as never} className="min-task f12" data-testid="line-task">
      <Icon name={task.state === "open" ? "circle-dot" : "circle-check-big"} size={14} />
      <span className="num">{task.number}</span>
      <span className="t3">{task.status_title}</span>
      {isLate && <span className="red">{t("state_late")}</span>}
    </Link>
  );
}

/** The same deeds for whoever has no keyboard. */
function Deeds({ card, line, place }: { card: number; line: Line; place: number }) {
  const { t } = useTranslation("documents_minutes");
  return (
    <span className="min-deeds">
      <Menu
        label={t("more", { place })}
        alignEnd
        items={[
          {
            key: "up",
            title: t("up"),
            icon: "arrow-up",
            run: () => void moveLine(card, line.id, -1),
          },
          {
            key: "down",
            title: t("down"),
            icon: "arrow-down",
            run: () => void moveLine(card, line.id, 1),
          },
          {
            key: "remove",
            title: t("remove"),
            icon: "trash-2",
            danger: true,
            before: "line",
            run: () => removeLine(card, line),
          },
        ]}
        trigger={(open) => (
          <IconButton
            icon="ellipsis"
            small
            tabIndex={-1}
            label={t("more", { place })}
            data-testid="line-more"
            {...open}
          />
        )}
      />
    </span>
  );
}

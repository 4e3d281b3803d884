import { useTranslation } from "react-i18next";
import { saveField } from "../../../core/entities/card";
import { DuePicker } from "../../../core/forms/DuePicker";
import { momentText } from "../../../ui/format";
import { Icon } from "../../../ui/icon";
import { complain } from "../../../ui/toast";
import { TASKS, type Task } from "../task";
import "../words";

/** When a draft is given by itself; its author may leave it to his own hand. */
export function ReleaseDate({ task }: { task: Task }) {
  const { t } = useTranslation("tasks");
  const at = task.release_at ?? null;
  const keep = (date: Date | null) => {
    // «Сегодня» of an evening is past already: the draft would go out at once, which nobody meant by a date.
    if (date && date.getTime() <= Date.now()) return complain(t("releasePast"));
    void saveField<Task>(TASKS, task, {
      field: "release_at",
      value: date?.toISOString() ?? null,
      shown: { release_at: date?.toISOString() ?? null },
      words: (card) => (card.release_at ? momentText(card.release_at) : t("releaseByHand")),
    });
  };
  const shown = at ? momentText(at) : t("releaseAt");
  return (
    <DuePicker
      label={at ? `${t("releaseAt")}: ${shown}` : shown}
      none={t("releaseByHand")}
      className="btn sm"
      value={at ? new Date(at) : null}
      onPick={keep}
      data-testid="draft-date"
    >
      <Icon name="calendar-clock" />
      {shown}
    </DuePicker>
  );
}

import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../api/contract";
import { timeText } from "../../ui/format";
import { Icon, type IconName } from "../../ui/icon";
import type { CardKind } from "../entities/kind";
import { changeText } from "./history";
import { RestoreMenu } from "./RestoreMenu";
import "./words";

const ICONS: [RegExp, IconName][] = [
  [/created|registered/, "plus"],
  [/resched|due/, "calendar-clock"],
  [/attach|file|upload/, "paperclip"],
  [/assign|watch|person/, "user-round"],
  [/cancel/, "circle-slash"],
  [/close|done|accept/, "check"],
  [/return|reopen|restore/, "rotate-ccw"],
  [/trash|delete|remove/, "trash-2"],
  [/edit|chang|updat/, "pencil"],
];

const iconOf = (kind: string): IconName =>
  ICONS.find(([pattern]) => pattern.test(kind))?.[1] ?? "arrow-right";

interface HistoryLineProps {
  kind: CardKind;
  id: number;
  entry: HistoryEntry;
}

/** A system event: small and grey beside people's words. */
export function HistoryLine({ kind, id, entry }: HistoryLineProps) {
  const { t } = useTranslation("history");
  const changes = entry.changes.map((change) => changeText(change, entry.title));
  return (
    <div className="hist">
      <Icon name={iconOf(entry.kind)} size={14} />
      <div>
        <b>{entry.actor?.name ?? t("system")}</b>
        {entry.on_behalf_of && ` ${t("behalf", { name: entry.on_behalf_of.name })}`}{" "}
        {entry.title.charAt(0).toLowerCase() + entry.title.slice(1)}
        {changes.length > 0 && `: ${changes.join("; ")}`} ·{" "}
        <time className="num" dateTime={entry.at}>
          {timeText(entry.at)}
        </time>
      </div>
      <RestoreMenu kind={kind} id={id} entry={entry} />
    </div>
  );
}

import { useTranslation } from "react-i18next";
import type { Person } from "../../../../api/contract";
import { isDay } from "../../../../core/forms/clock";
import { DayInput } from "../../../../core/forms/DayInput";
import { type Heirs, heirOf } from "./handover";
import type { HandoverPiece } from "./told";

interface SummaryStepProps {
  pieces: HandoverPiece[];
  heir: Person | null;
  heirs: Heirs;
  lastDay: string;
  today: string;
  isBlocked: boolean;
  error: string | undefined;
  onLastDay: (day: string) => void;
}

/** The last day, and all that will come of pressing the button, in plain words. */
export function SummaryStep(props: SummaryStepProps) {
  const { pieces, heir, heirs, lastDay, today, isBlocked, error, onLastDay } = props;
  const { t } = useTranslation("dismissal");
  const hint = t(lastDay > today ? "lastDayLater" : "lastDayNow");
  const said = (piece: HandoverPiece): string => {
    const { title, count } = piece;
    const who = heirOf(piece, heir, heirs);
    if (piece.fate === "dropped")
      return t("doesDrop", { title, count, hint: piece.hint.toLowerCase() });
    if (piece.fate === "stays" || !who) return t("doesStay", { title, count });
    // A surname keeps its initials beside it.
    return t("doesGive", { title, count, name: who.name.replaceAll(" ", "\u00a0") });
  };
  return (
    <div className="stack">
      {!isBlocked && (
        <DayInput
          label={t("lastDay")}
          value={lastDay}
          hint={hint}
          error={error ?? (isDay(lastDay) ? undefined : t("lastDayWrong"))}
          onChange={onLastDay}
          data-testid="dismiss-day"
        />
      )}
      <ul className="dis-does" data-testid="dismiss-summary">
        {!isBlocked && <li>{t("doesBlock")}</li>}
        {pieces
          .filter((piece) => piece.count > 0)
          .map((piece) => (
            <li key={piece.code}>{said(piece)}</li>
          ))}
        <li>{t("doesPrivate")}</li>
        <li>{t("doesKeep")}</li>
      </ul>
    </div>
  );
}

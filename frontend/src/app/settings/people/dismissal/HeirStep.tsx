import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../../api/contract";
import { PersonInput } from "../../../../core/people/PersonInput";
import { Button } from "../../../../ui/button";
import { Switch } from "../../../../ui/marks";
import { type Heirs, heirOf, isGiven } from "./handover";
import type { HandoverPiece } from "./told";

interface HeirStepProps {
  leaver: Person["id"];
  pieces: HandoverPiece[];
  heir: Person | null;
  heirs: Heirs;
  error: string | undefined;
  onHeir: (heir: Person) => void;
  onHeirs: (heirs: Heirs) => void;
}

/** To whom: one person for everything, or another one for some sorts. */
export function HeirStep(props: HeirStepProps) {
  const { leaver, pieces, heir, heirs, error, onHeir, onHeirs } = props;
  const { t } = useTranslation("dismissal");
  const id = useId();
  const [apart, setApart] = useState(Object.keys(heirs).length > 0);
  const open = pieces.filter((piece) => isGiven(piece) && piece.count > 0);
  const name = (piece: HandoverPiece, who: Person | null) =>
    onHeirs({ ...heirs, [piece.code]: who });
  return (
    <div className="stack">
      <div>
        <span className="lbl">{t("whomAll")}</span>
        <PersonInput
          label={t("whomAll")}
          value={heir}
          onPick={onHeir}
          without={leaver}
          data-testid="dismiss-heir"
        />
        <div className={error ? "fld-msg err" : "fld-msg"} role={error ? "alert" : undefined}>
          {error ?? t("whomHint")}
        </div>
      </div>
      {open.length > 0 && (
        <div className="row">
          <Switch
            on={apart}
            label={t("apart")}
            onChange={(on) => {
              setApart(on);
              if (!on) onHeirs({});
            }}
            data-testid="dismiss-apart"
          />
          <span id={id}>{t("apart")}</span>
        </div>
      )}
      {apart && (
        <ul className="dis-list" aria-labelledby={id}>
          {open.map((piece) => {
            const who = heirOf(piece, heir, heirs);
            return (
              <li key={piece.code} className="dis-each">
                <span className="lbl">
                  {piece.title}: {piece.count}
                </span>
                <div className="row dis-pick">
                  <span className="grow">
                    {heirs[piece.code] === null ? (
                      <span className="t3">{t("leaveIt")}</span>
                    ) : (
                      <PersonInput
                        label={piece.title}
                        value={who}
                        onPick={(person) => name(piece, person)}
                        without={leaver}
                        data-testid={`dismiss-heir-${piece.code}`}
                      />
                    )}
                  </span>
                  <Button
                    size="sm"
                    look="quiet"
                    onClick={() => {
                      if (heirs[piece.code] !== null) return name(piece, null);
                      const { [piece.code]: _, ...rest } = heirs;
                      onHeirs(rest);
                    }}
                  >
                    {t(heirs[piece.code] === null ? "toHeir" : "nobody")}
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {apart && <p className="hint">{t("apartHint")}</p>}
    </div>
  );
}

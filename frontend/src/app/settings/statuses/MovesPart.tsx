import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatusScheme, StatusSettings } from "../../../api/statuses";
import { Button } from "../../../ui/button";
import { Switch } from "../../../ui/marks";
import { usePhone } from "../../../ui/screen";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { MovesGrid } from "./MovesGrid";
import { MovesOfOne } from "./MovesOfOne";
import { Preview } from "./Preview";
import { allWays, canLead, drawMoves, livingOf, refresh, type Way, wayOf, withWay } from "./scheme";
import { WayDialog } from "./WayDialog";
import "./words";

/** What stands in one crossing of the grid. */
export interface Crossing {
  from: StatusSettings;
  to: StatusSettings;
  /** Whether the bases let a card go there at all. */
  isOpen: boolean;
  way: Way | undefined;
}

export interface MovesProps {
  living: StatusSettings[];
  at: (from: StatusSettings, to: StatusSettings) => Crossing;
  onTick: (crossing: Crossing, on: boolean) => void;
  onTune: (crossing: Crossing) => void;
}

const told = (moves: Way[]): string =>
  JSON.stringify(
    [...moves]
      .map(({ source, to, title, needs_comment, roles }) => [
        source,
        to,
        title,
        needs_comment,
        [...roles].sort(),
      ])
      .sort((one, other) => Number(one[0]) - Number(other[0]) || Number(one[1]) - Number(other[1])),
  );

/** Which moves are allowed: all of them, or those that are ticked. */
export function MovesPart({ scheme }: { scheme: StatusScheme }) {
  const { t } = useTranslation("statusset");
  const phone = usePhone();
  const kept = scheme.moves as Way[];
  const [moves, setMoves] = useState<Way[]>(kept);
  const [limited, setLimited] = useState(kept.length > 0);
  const [tuned, setTuned] = useState<Crossing | null>(null);
  const { busy, errors, run } = useSaving();
  const living = livingOf(scheme);
  const wanted = limited ? moves : [];
  const isChanged = told(wanted) !== told(kept);

  const limit = (on: boolean) => {
    setLimited(on);
    if (on && moves.length === 0) setMoves(allWays(scheme));
  };
  const at = (from: StatusSettings, to: StatusSettings): Crossing => ({
    from,
    to,
    isOpen: canLead(scheme, from, to),
    way: wayOf(moves, from.id, to.id),
  });
  const put = ({ from, to }: Crossing, way: Way | null) =>
    setMoves(withWay(moves, way, from.id, to.id));
  const tick = (crossing: Crossing, on: boolean) => {
    const { from, to } = crossing;
    const plain = { source: from.id, to: to.id, title: "", needs_comment: false, roles: [] };
    put(crossing, on ? plain : null);
  };
  const save = async () => {
    if (!(await run(() => drawMoves(scheme, wanted)))) return;
    say(t("saved"));
    await refresh(scheme.kind, scheme.card_type);
  };
  const shown = { living, at, onTick: tick, onTune: setTuned };

  return (
    <section className="moves" aria-label={t("moves")}>
      <h3>{t("moves")}</h3>
      <div className="row moves-limit">
        <Switch on={limited} label={t("limit")} onChange={limit} data-testid="moves-limit" />
        <span>{t("limit")}</span>
      </div>
      <p className="hint">{t(limited && moves.length === 0 ? "limitEmpty" : "limitNote")}</p>
      {limited && (phone ? <MovesOfOne {...shown} /> : <MovesGrid {...shown} />)}
      {errors.moves && (
        <p className="fld-msg err" role="alert">
          {errors.moves}
        </p>
      )}
      {isChanged && (
        <div className="row moves-save">
          <Button look="primary" busy={busy} onClick={() => void save()} data-testid="moves-save">
            {t("save")}
          </Button>
          <Button
            look="quiet"
            onClick={() => {
              setMoves(kept);
              setLimited(kept.length > 0);
            }}
          >
            {t("reset")}
          </Button>
        </div>
      )}
      <Preview scheme={scheme} moves={wanted} />
      {tuned?.way && (
        <WayDialog
          crossing={tuned}
          way={tuned.way}
          onClose={() => setTuned(null)}
          onDone={(way) => {
            put(tuned, way);
            setTuned(null);
          }}
        />
      )}
    </section>
  );
}

import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { Tick } from "../../../ui/marks";
import type { Crossing, MovesProps } from "./MovesPart";
import "./words";

/** Statuses to leave by lines, statuses to come into by columns, a tick where one leads to the other. */
export function MovesGrid({ living, at, onTick, onTune }: MovesProps) {
  const { t } = useTranslation("statusset");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrows.
    <section className="moves-box" tabIndex={0} aria-label={t("moves")}>
      <table className="moves-grid" data-testid="moves-grid">
        <thead>
          <tr>
            <th scope="col">
              <span className="t3">
                {t("from")} ↓ {t("to")} →
              </span>
            </th>
            {living.map((one) => (
              <th key={one.id} scope="col">
                <span>{one.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {living.map((from) => (
            <tr key={from.id}>
              <th scope="row">
                <span className="el">{from.title}</span>
              </th>
              {living.map((to) => (
                <Cell key={to.id} crossing={at(from, to)} onTick={onTick} onTune={onTune} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type CellProps = Pick<MovesProps, "onTick" | "onTune"> & { crossing: Crossing };

function Cell({ crossing, onTick, onTune }: CellProps) {
  const { t } = useTranslation("statusset");
  const { from, to, isOpen, way } = crossing;
  const words = { from: from.title, to: to.title };
  if (from.id === to.id) return <td className="same" />;
  if (!isOpen) {
    return (
      <td className="shut" title={t("cannot", words)}>
        <span aria-hidden>—</span>
      </td>
    );
  }
  const isTuned = way && (way.title || way.needs_comment || way.roles.length > 0);
  return (
    <td className={isTuned ? "tuned" : undefined}>
      <span className="way">
        <Tick
          label={t("fromTo", words)}
          checked={way !== undefined}
          onChange={(event) => onTick(crossing, event.target.checked)}
          data-testid={`way-${from.id}-${to.id}`}
        />
        {way && (
          <IconButton
            icon="ellipsis"
            small
            label={t("tune", words)}
            onClick={() => onTune(crossing)}
            data-testid={`tune-${from.id}-${to.id}`}
          />
        )}
      </span>
    </td>
  );
}

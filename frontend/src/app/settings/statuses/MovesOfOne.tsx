import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { Check } from "../fields/Check";
import type { MovesProps } from "./MovesPart";
import "./words";

/** The same grid for a narrow screen: one status to leave, and a line for each that it may lead to. */
export function MovesOfOne({ living, at, onTick, onTune }: MovesProps) {
  const { t } = useTranslation("statusset");
  const [chosen, setChosen] = useState(living[0]?.id);
  const from = living.find((one) => one.id === chosen) ?? living[0];
  if (!from) return null;
  const crossings = living.map((to) => at(from, to)).filter((one) => one.isOpen);
  return (
    <div className="moves-one" data-testid="moves-one">
      <label className="row">
        <span className="t3">{t("from")}</span>
        <select
          className="inp grow"
          value={from.id}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {living.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
      </label>
      <ul>
        {crossings.map((crossing) => (
          <li key={crossing.to.id} className="row">
            <span className="grow">
              <Check
                on={crossing.way !== undefined}
                label={crossing.to.title}
                onChange={(on) => onTick(crossing, on)}
              />
            </span>
            {crossing.way && (
              <IconButton
                icon="ellipsis"
                label={t("tune", { from: from.title, to: crossing.to.title })}
                onClick={() => onTune(crossing)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StatusScheme } from "../../../api/statuses";
import { Status } from "../../../ui/marks";
import { canLead, livingOf, toneOf, type Way, wayOf } from "./scheme";
import "../../../core/cards/cards.css";
import "./words";

/** What somebody who may do everything would meet on a card in one status. */
export function Preview({ scheme, moves }: { scheme: StatusScheme; moves: Way[] }) {
  const { t } = useTranslation("statusset");
  const living = livingOf(scheme);
  const [chosen, setChosen] = useState<number | null>(null);
  const usual = living.find((one) => one.base === scheme.usual) ?? living[0];
  const from = living.find((one) => one.id === chosen) ?? usual;
  if (!from) return null;
  const found = living
    .filter((to) => canLead(scheme, from, to))
    .map((to) => ({ to, way: wayOf(moves, from.id, to.id) }))
    .filter(({ way }) => moves.length === 0 || way);
  return (
    <section className="moves-preview" aria-label={t("preview")}>
      <h3>{t("preview")}</h3>
      <label className="row">
        <span className="t3">{t("previewFrom")}</span>
        <select
          className="inp"
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
      <div className="row preview-card">
        <span className={`stbtn tone-${toneOf(scheme.kind, from)}`}>{from.title}</span>
        {found
          .filter(({ way }) => way?.title)
          .map(({ to, way }) => (
            <span key={to.id} className="btn">
              {way?.title}
            </span>
          ))}
      </div>
      {found.length === 0 ? (
        <p className="hint">{t("previewNone")}</p>
      ) : (
        <ul className="preview-moves">
          {found.map(({ to }) => (
            <li key={to.id}>
              <Status tone={toneOf(scheme.kind, to)}>{to.title}</Status>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

import { useTranslation } from "react-i18next";
import { useRoles } from "../../../core/people/directories";
import type { Draft } from "./types";
import "./words";

interface RightsPartProps {
  rights: Draft["rights"];
  /** A formula is only read: there is nothing to change in it. */
  readOnly: boolean;
  error: string | undefined;
  onChange: (rights: Draft["rights"]) => void;
}

type Level = Draft["rights"][string];
const LEVELS: Record<Level, "levelWrite" | "levelRead" | "levelHidden"> = {
  write: "levelWrite",
  read: "levelRead",
  hidden: "levelHidden",
};

const READING: Level[] = ["write", "hidden"];

/** What each role may do with a field. */
export function RightsPart({ rights, readOnly, error, onChange }: RightsPartProps) {
  const { t } = useTranslation("fieldset");
  const roles = (useRoles().data ?? []).filter((one) => one.can_change);
  if (roles.length === 0) return null;
  return (
    <fieldset className="field-set">
      <legend className="lbl">{t("rights")}</legend>
      {roles.map((role) => (
        <label key={role.code} className="row right-line">
          <span className="grow">{role.title}</span>
          <select
            className="inp"
            value={rights[role.code] ?? "write"}
            onChange={(event) => onChange({ ...rights, [role.code]: event.target.value as Level })}
            data-testid={`right-${role.code}`}
          >
            {(readOnly ? READING : (Object.keys(LEVELS) as Level[])).map((level) => (
              <option key={level} value={level}>
                {t(readOnly && level === "write" ? "levelRead" : LEVELS[level])}
              </option>
            ))}
          </select>
        </label>
      ))}
      <p className="hint">{error ?? t("rightsNote")}</p>
    </fieldset>
  );
}

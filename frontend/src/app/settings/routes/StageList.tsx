import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icon";
import { kindWord, notesOf, whoText } from "./names";
import { StageForm } from "./StageForm";
import { StageVerbs } from "./StageSide";
import { stageIn } from "./scheme";
import type { StagesProps } from "./stages";
import "./routeset.css";
import "./words";

/** Stages one under another: by keyboard and on a narrow screen; one of them is open at a time. */
export function StageList(props: StagesProps) {
  const { t } = useTranslation("routeset");
  const { kind, scheme, faults, nameOf, selected, deeds } = props;
  return (
    <ol className="routeset-list" data-testid="stage-list">
      {scheme.stages.map((stage, at) => {
        const isOpen = stage.code === selected;
        const waits = stage.after.map((code) => stageIn(scheme, code)?.title).filter(Boolean);
        const fault = faults[stage.code];
        return (
          <li key={stage.code} className={fault ? "routeset-item wrong" : "routeset-item"}>
            <button
              type="button"
              className="routeset-fold"
              aria-expanded={isOpen}
              onClick={() => deeds.select(isOpen ? null : stage.code)}
              data-testid="stage-row"
            >
              <span className="num t3">{at + 1}</span>
              <span className="routeset-name">
                <span className="b">{stage.title}</span>
                <span className="f12 t3">
                  {[kindWord(stage.kind), whoText(stage, nameOf, kind), ...notesOf(stage)].join(
                    " · ",
                  )}
                </span>
                <span className="f12 t3">
                  {waits.length > 0
                    ? t("afterShort", { titles: waits.join(", ") })
                    : t("afterStart")}
                </span>
                {fault && !isOpen && <span className="f12 red">{fault}</span>}
              </span>
              <Icon name={isOpen ? "chevron-down" : "chevron-right"} size={14} />
            </button>
            {isOpen && (
              <div className="routeset-inside">
                <StageForm
                  kind={kind}
                  scheme={scheme}
                  stage={stage}
                  fault={fault}
                  nameOf={nameOf}
                  onChange={(change) => deeds.change(stage.code, change)}
                  onScheme={deeds.draw}
                />
                <StageVerbs code={stage.code} deeds={deeds} />
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { StageForm } from "./StageForm";
import { stageIn } from "./scheme";
import type { StageDeeds, StagesProps } from "./stages";
import "./routeset.css";
import "./words";

/** Beside the canvas: everything about the stage in hand. */
export function StageSide(props: StagesProps) {
  const { t } = useTranslation("routeset");
  const { kind, scheme, faults, nameOf, selected, deeds } = props;
  const stage = selected === null ? undefined : stageIn(scheme, selected);
  return (
    <aside
      className="routeset-side"
      aria-label={stage ? t("stage", { title: stage.title }) : t("tabScheme")}
    >
      {stage ? (
        <>
          <StageForm
            key={stage.code}
            kind={kind}
            scheme={scheme}
            stage={stage}
            fault={faults[stage.code]}
            nameOf={nameOf}
            onChange={(change) => deeds.change(stage.code, change)}
            onScheme={deeds.draw}
          />
          <StageVerbs code={stage.code} deeds={deeds} />
        </>
      ) : (
        <p className="hint">{t("pickStage")}</p>
      )}
    </aside>
  );
}

export function StageVerbs({ code, deeds }: { code: string; deeds: StageDeeds }) {
  const { t } = useTranslation("routeset");
  return (
    <div className="routeset-verbs">
      <Button size="sm" icon="plus" onClick={() => deeds.add(code)} data-testid="stage-after">
        {t("addAfter")}
      </Button>
      <Button size="sm" icon="plus" onClick={() => deeds.beside(code)} data-testid="stage-beside">
        {t("addBeside")}
      </Button>
      <Button
        size="sm"
        look="danger"
        icon="trash-2"
        onClick={() => deeds.remove(code)}
        data-testid="stage-remove"
      >
        {t("removeStage")}
      </Button>
    </div>
  );
}

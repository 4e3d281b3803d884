import { useTranslation } from "react-i18next";
import type { Selection } from "./selection";
import "./words";

interface ChooseRowsProps {
  selection: Selection;
  /** Rows that are here. */
  ids: number[];
}

/** On a telephone: begin to choose rows, take them all, think better of it. */
export function ChooseRows({ selection, ids }: ChooseRowsProps) {
  const { t } = useTranslation("lists");
  if (!selection.choosing) {
    return (
      <button
        type="button"
        className="foot-deed"
        onClick={() => selection.begin()}
        data-testid="choose-rows"
      >
        {t("choose")}
      </button>
    );
  }
  return (
    <>
      <button
        type="button"
        className="foot-deed"
        onClick={() => selection.setAll(ids)}
        data-testid="choose-all"
      >
        {t("chooseAll")}
      </button>
      <button
        type="button"
        className="foot-deed"
        onClick={() => selection.setAll([])}
        data-testid="choose-off"
      >
        {t("chooseOff")}
      </button>
    </>
  );
}

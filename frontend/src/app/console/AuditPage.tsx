import { useTranslation } from "react-i18next";
import { Deeds } from "./Deeds";
import "./console.css";
import "./words";

export function Screen() {
  const { t } = useTranslation("console");
  return (
    <>
      <h1 className="con-h">{t("audit")}</h1>
      <Deeds query={{}} />
    </>
  );
}

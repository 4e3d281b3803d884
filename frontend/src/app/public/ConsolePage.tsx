import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/state";
import { publicAddress } from "./address";
import "./public.css";
import "./words";

export function App() {
  const { t } = useTranslation("public");
  return (
    <main className="pub pub-middle">
      <Empty icon="monitor" title={t("consoleTitle")} text={t("consoleText")}>
        <a className="btn" href={publicAddress("/")}>
          {t("toMain")}
        </a>
      </Empty>
    </main>
  );
}

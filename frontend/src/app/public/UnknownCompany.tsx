import { useTranslation } from "react-i18next";
import { Empty } from "../../ui/state";
import { publicAddress } from "./address";
import "./public.css";
import "./words";

/** An address at which no company lives. */
export function App() {
  const { t } = useTranslation("public");
  return (
    <main className="pub pub-middle">
      <Empty
        icon="building-2"
        title={t("unknownTitle")}
        text={t("unknownText", { host: window.location.host })}
      >
        <a className="btn primary" href={publicAddress("/find")}>
          {t("find")}
        </a>
        <a className="btn" href={publicAddress("/")}>
          {t("toMain")}
        </a>
      </Empty>
    </main>
  );
}
